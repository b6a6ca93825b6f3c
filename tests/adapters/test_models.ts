import { BACKBONES } from "../../models/registry.ts";
import { LANDMARK_NETWORK } from "../../models/face_mesh.ts";
import { FACERES } from "../../models/faceres.ts";
import type { EdgeModel } from "../../adapters/bundle/edge_files.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { voiceStatistics } from "../../src/audio/voice_statistics.ts";
import { LogisticRegression } from "../../src/classify/linear/logistic_regression.ts";
import { StandardScaler } from "../../src/classify/standard_scaler.ts";
import { frameStatistics } from "../../src/numeric/frame_statistics.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { type Bundle, encodeBundle } from "../../src/recognize/bundle/bundle.ts";
import { graphPart } from "../../src/recognize/bundle/graph_part.ts";
import type { EmbeddingInput } from "../../src/recognize/clip_input.ts";
import type { AudioCard, ModelCard, VideoCard } from "../../src/recognize/bundle/model_card.ts";
import { embedClip } from "../../src/vision/embed_clip.ts";
import { loadBackbone } from "../../src/vision/load_backbone.ts";
import { FACE_DETECTOR_FILES, loadFaceDetector } from "../../src/vision/load_face_detector.ts";
import { readPackageFile } from "../../src/weights/package_file.ts";
import { cached } from "../cached.ts";
import { testCard } from "../recognize/voice_bundle.ts";
import { memo } from "../memo.ts";
import { KIND, type TestClip, testClips } from "./test_clips.ts";

const MODEL = "logistic-regression";

/** A scaler and a classifier fitted to some rows: the parts of one modality. */
async function fit(rows: readonly Float32Array[], c: number) {
  const { training } = await testClips();
  const x = Matrix.fromRows(rows);
  const scaler = new StandardScaler();
  scaler.fit(x);
  const classifier = new LogisticRegression({ c });
  classifier.fit(scaler.transform(x), Int32Array.from(training, ({ label }) => label), 2);
  return { scaler: scaler.state(), classifier: classifier.state(), featureSize: x.cols };
}

/** Strongly held back: probabilities near 0 or 1 would look the same everywhere. */
const HELD_BACK = 0.001;

/**
 * Drawn faces are so alike that the little in which they differ counts for all: held back more, or a photograph
 * would be moved from one end to the other by half a grey level.
 */
const FACES_HELD_BACK = KIND === "real" ? HELD_BACK : 1e-4;

type Side<Card> = { readonly card: Card; readonly parts: Bundle["parts"] };

async function audioSide(): Promise<Side<AudioCard>> {
  const { training } = await testClips();
  const dsp = await loadDsp();
  const { sampleRate } = training[0];
  const fitted = await fit(
    training.map(({ samples }) => voiceStatistics(dsp, samples, { sampleRate })),
    HELD_BACK,
  );
  const { featureSize, scaler, classifier } = fitted;
  return {
    card: { features: "voice", featureSize, sampleRate, mfcc: "librosa", model: MODEL },
    parts: { "audio-scaler": scaler, "audio-classifier": classifier },
  };
}

/** What the default face network gives for each of some clips, and what is known of it. */
async function embed(clips: readonly TestClip[]) {
  const backbone = await loadBackbone(FACERES);
  const detector = await loadFaceDetector();
  const embeddings = clips.map(({ frames }) =>
    embedClip(backbone, frames.data as Uint8Array, frames, { eyes: { detector }, fps: frames.fps })
      .embeddings
  );
  backbone.dispose();
  detector.dispose();
  return { backbone, detector, embeddings };
}

/** The embeddings of the unseen clip. */
export function unseenEmbeddings(): Promise<EmbeddingInput> {
  return cached(`embeddings of the ${KIND} clip`, async () => {
    const { unseen } = await testClips();
    const { n, fps } = unseen.frames;
    return { data: (await embed([unseen])).embeddings[0], n, fps };
  });
}

async function videoSide(): Promise<Side<VideoCard>> {
  const { training } = await testClips();
  const { backbone, detector, embeddings } = await embed(training);
  const { featureSize, scaler, classifier } = await fit(
    embeddings.map((rows) => frameStatistics(rows, backbone.channels, backbone.channels)),
    FACES_HELD_BACK,
  );
  const { channels, licence, source, weightsHash } = backbone;
  const { height, width } = training[0].frames;
  const part = async (name: string, files: readonly Parameters<typeof readPackageFile>[0][]) => {
    const [manifest, weights] = await Promise.all(files.map(readPackageFile));
    return graphPart(name, { manifest: new TextDecoder().decode(manifest), weights });
  };
  return {
    card: {
      ...{ features: "face-statistics", featureSize, model: MODEL },
      backbone: {
        ...{ name: FACERES, featureSize: channels, channels, licence, source },
        weightsSha256: weightsHash,
      },
      detector: { name: "blazeface", weightsSha256: detector.weightsHash, licence, source },
      ...{ crop: "face", width, height, stretch: 1, fps: 10, frameStep: 1, frameFill: "repeat" },
      kernels: "winograd",
    },
    parts: {
      "video-scaler": scaler,
      "video-classifier": classifier,
      "video-backbone": await part(FACERES, BACKBONES.faceres.packageFiles!),
      "video-detector": await part("blazeface", FACE_DETECTOR_FILES),
      "video-mesh": await part(LANDMARK_NETWORK, BACKBONES.landmarks.packageFiles!),
    },
  };
}

async function model(fields: Partial<ModelCard>, parts: Bundle["parts"]): Promise<EdgeModel> {
  const { labels } = await testClips();
  const card = testCard({ name: "a few takes", labels, ...fields });
  return { bytes: await encodeBundle({ card, parts }), card };
}

/** A model that listens, fitted to the test clips; once for all tests. */
export const audioModel: () => Promise<EdgeModel> = memo(() =>
  cached(`a model that listens to ${KIND} clips`, async () => {
    const { card, parts } = await audioSide();
    return await model({ audio: card }, parts);
  })
);

/** A model that listens and looks, fitted to the test clips; once for all tests. */
export const audioVisualModel: () => Promise<EdgeModel> = memo(() =>
  cached(`a model that listens and looks at ${KIND} clips`, async () => {
    const [audio, video] = [await audioSide(), await videoSide()];
    return await model({
      ...{ audio: audio.card, video: video.card },
      fusion: { rule: "decision-mean", settings: {} },
    }, { ...audio.parts, ...video.parts });
  })
);
