import type { ModelState } from "../classify/classifier.ts";
import { temper } from "../evaluate/confidence/temper.ts";
import { classifierFromState } from "../classify/registry.ts";
import { StandardScaler } from "../classify/standard_scaler.ts";
import type { DecisionRule } from "../fusion/decision_rule.ts";
import { decisionRuleFromSettings } from "../fusion/decision_rules.ts";
import { fillUnknown } from "../fusion/fill_unknown.ts";
import type { ClipSpan } from "../corpus/clip.ts";
import { withCopies } from "../corpus/read_first.ts";
import type { Decoder } from "../media/decoder.ts";
import type { Modality } from "../modality.ts";
import { MediaError } from "../media/media_error.ts";
import { Matrix } from "../numeric/matrix.ts";
import type { RunConfig } from "../pipeline/config.ts";
import { decodeRecording, type PartPicture } from "../pipeline/extract/decode_recording.ts";
import type { ExtractedSample } from "../pipeline/extract/extract_tools.ts";
import type { FittedModel } from "../pipeline/fold/fit_final.ts";
import type { PreparedRun } from "../pipeline/run/prepare_run.ts";
import { trackOfTensors } from "../pipeline/extract/landmark_entry.ts";
import { readPicture, readSound, readSpeech } from "../pipeline/extract/stored_tracks.ts";
import { type Bundle, decodeBundle } from "../recognize/bundle/bundle.ts";
import type { ClipInput } from "../recognize/clip_input.ts";
import { InputError } from "../recognize/input_error.ts";
import { knownLabels } from "../recognize/known_labels.ts";
import { loadRecognizer } from "../recognize/load_recognizer.ts";
import type { ModelCard, RoundingCard } from "../recognize/bundle/model_card.ts";
import { temperaturesOf } from "../recognize/sure/calibrate.ts";
import type { OwnModels } from "./own_rows.ts";
import { PICTURE_SIZES, pictureSize } from "../vision/picture_size.ts";

/** Clips that are looked at again where the rounding touches what looks at them. */
const CLIPS = 16;

/** What a card says of how probabilities are brought together. */
export type JudgingCard = Pick<
  ModelCard,
  "labels" | "audio" | "video" | "landmarks" | "calibration"
>;

/** A model that was fitted, and the unscaled features of its samples. */
export interface FittedOnFeatures extends OwnModels {
  /** The features, by the names of their sets. */
  readonly job: Pick<FittedModel["job"], "features">;
}

/**
 * The probabilities [samples, classes] that the model gives its training samples, without rounding.
 *
 * @param card Which labels each modality knows, and how far probabilities are scaled.
 */
export function exactProbabilities({ modalities, rule }: OwnModels, card: JudgingCard): Matrix {
  const each = [...modalities].map(([modality, { classifier, matrix }]) => ({
    modality,
    probabilities: classifier.predictProba(matrix),
  }));
  return together(each, rule, card);
}

/** What one modality says of samples: probabilities of the labels that it knows. */
interface OwnProbabilities {
  readonly modality: Modality;
  readonly probabilities: Matrix;
}

/** Probabilities of all labels that some modalities give together, at the card's temperature. */
function together(
  each: readonly OwnProbabilities[],
  rule: Pick<DecisionRule, "combine"> | undefined,
  card: JudgingCard,
): Matrix {
  const knows = knownLabels(card);
  const opinions = each.map(({ modality, probabilities }) => ({
    probabilities,
    known: knows[modality]!,
  }));
  const filled = fillUnknown(opinions, card.labels.length);
  return scaled(rule ? rule.combine(filled) : filled[0], card, each.map((own) => own.modality));
}

function scaled(probabilities: Matrix, card: JudgingCard, given: readonly Modality[]): Matrix {
  const temperature = temperaturesOf(card)[given.length > 1 ? "fused" : given[0]];
  const { rows, cols, data } = probabilities;
  return new Matrix(rows, cols, temper(data, cols, temperature));
}

/**
 * What the rounding of a bundle's weights costs on the training samples, where it does not touch the
 * networks that look at frames: all samples, from their stored features.
 */
export async function measureOnFeatures(
  fitted: FittedOnFeatures,
  bundle: Uint8Array,
): Promise<RoundingCard> {
  const decoded = await decodeBundle(bundle);
  const each = [...fitted.modalities].map(([modality, { features }]) => {
    const { width, data } = fitted.job.features[features];
    const raw = new Matrix(data.length / width, width, data);
    return { modality, probabilities: roundedProbabilities(decoded, modality, raw) };
  });
  const { fusion } = decoded.card;
  const rule = fusion && decisionRuleFromSettings(fusion.rule, fusion.settings);
  const rounded = together(each, rule, decoded.card);
  const rows = Array.from({ length: rounded.rows }, (_, row) => row);
  return {
    ...compare(
      exactProbabilities(fitted, decoded.card),
      rows,
      rows.map((row) => rounded.row(row)),
    ),
    through: "features",
  };
}

function roundedProbabilities({ parts }: Bundle, modality: Modality, raw: Matrix): Matrix {
  const scaler = StandardScaler.fromState(parts[`${modality}-scaler`]!);
  const classifier = classifierFromState(parts[`${modality}-classifier`] as ModelState);
  try {
    return classifier.predictProba(scaler.transformFrames(raw));
  } finally {
    classifier.dispose();
  }
}

/**
 * What the rounding costs where it touches the frozen networks too: a few samples, evenly spaced over the
 * corpus, are decoded and predicted by the bundle as a user would. Samples of which the recogniser
 * leaves a modality out are not counted.
 */
export async function measureOnClips(
  fitted: FittedModel,
  bundle: Uint8Array,
  { config, samples, store }: PreparedRun,
  decoder: Decoder,
): Promise<RoundingCard> {
  const count = Math.min(CLIPS, samples.length);
  const chosen = Array.from({ length: count }, (_, i) => Math.floor(i * samples.length / count));
  const recognizer = await loadRecognizer(bundle);
  const rows: number[] = [];
  const rounded: Float32Array[] = [];
  try {
    for (const row of chosen) {
      const sample = samples[row];
      const face = fitted.modalities.has("video") && config.landmarks === "files"
        ? { landmarks: trackOfTensors(await readPicture(store, sample)) }
        : fitted.modalities.has("video")
        ? { frames: await decodePicture(sample, config, decoder) }
        : {};
      if ("frames" in face && !face.frames) continue;
      const clip: ClipInput = { ...face, ...await soundOf(sample, config, store) };
      try {
        const { used, probabilities } = recognizer.predict(clip);
        if (used.length < fitted.modalities.size) continue;
        rows.push(row);
        rounded.push(Float32Array.from(Object.values(probabilities)));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
      }
    }
  } finally {
    recognizer.dispose();
  }
  const exact = exactProbabilities(fitted, recognizer.card);
  return { ...compare(exact, rows, rounded), through: "clips" };
}

async function soundOf(
  sample: ExtractedSample,
  { sampleRate, ear }: RunConfig,
  store: PreparedRun["store"],
): Promise<Pick<ClipInput, "samples" | "sampleRate">> {
  if (sample.speech && ear) {
    return { samples: await readSpeech(store, sample), sampleRate: ear.sampleRate };
  }
  return sample.sound ? { samples: await readSound(store, sample), sampleRate } : {};
}

async function decodePicture(
  { sample }: ExtractedSample,
  { seconds, fps, sampleRate, crop }: RunConfig,
  decoder: Decoder,
): Promise<ClipInput["frames"]> {
  const use = { crop, ...PICTURE_SIZES[crop] };
  for (const { path, span } of sample.picture.flatMap(withCopies)) {
    try {
      if (span) {
        const part = await decodePart(decoder, path, span, { seconds, fps, sampleRate, crop });
        if (!part) continue;
        const { frames, frameCount, width, height } = part;
        return { data: frames, n: frameCount, width, height, fps };
      }
      const { frames, frameCount, width, height } = await decoder.decode(path, ({ picture }) => ({
        seconds,
        fps,
        sound: false,
        ...(picture ? pictureSize(use, picture) : use),
      }));
      return { data: frames, n: frameCount, width, height, fps };
    } catch (error) {
      // The run took this sample's picture from the next file that has one.
      if (!(error instanceof MediaError)) throw error;
    }
  }
}

/** The picture of a part of a recording, or undefined where it has none. */
async function decodePart(
  decoder: Decoder,
  path: string,
  span: ClipSpan,
  config: Parameters<typeof decodeRecording>[3],
): Promise<PartPicture | undefined> {
  let picture: PartPicture | undefined;
  const part = {
    span,
    onPicture: (found: PartPicture) => void (picture = found),
    onProblem: () => {},
  };
  await decodeRecording(decoder, path, [part], config);
  return picture;
}

function compare(
  exact: Matrix,
  rows: readonly number[],
  rounded: readonly Float32Array[],
): Omit<RoundingCard, "through"> {
  const argMax = (row: Float32Array) => row.indexOf(Math.max(...row));
  let changed = 0;
  let maxDifference = 0;
  rounded.forEach((row, i) => {
    const before = exact.row(rows[i]);
    if (argMax(row) !== argMax(before)) changed++;
    row.forEach((p, c) => maxDifference = Math.max(maxDifference, Math.abs(p - before[c])));
  });
  return { samples: rows.length, changed, maxDifference: Number(maxDifference.toPrecision(3)) };
}
