import type { Dsp } from "../../src/audio/dsp.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { voiceStatistics } from "../../src/audio/voice_statistics.ts";
import { LogisticRegression } from "../../src/classify/linear/logistic_regression.ts";
import { StandardScaler } from "../../src/classify/standard_scaler.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { encodeBundle } from "../../src/recognize/bundle/bundle.ts";
import {
  type BundleDtype,
  CARD_SCHEMA,
  type ModelCard,
} from "../../src/recognize/bundle/model_card.ts";

/** The rate of the voices below, in Hz. */
export const SAMPLE_RATE = 8000;

/** A card for tests; what is given replaces its fields. */
export function testCard(fields: Partial<ModelCard> = {}): ModelCard {
  return {
    schema: CARD_SCHEMA,
    name: "high and low tones",
    emofuse: "0.0.0",
    labels: ["calm", "angry"],
    windowSeconds: 4,
    dtype: "float32",
    rounding: { samples: 0, changed: 0, maxDifference: 0, through: "features" },
    normalisation: "the training set's mean and deviation",
    corpus: {
      ...{ name: "tones", synthetic: true, samples: 12, clips: 12, takes: 12 },
      speakers: ["1"],
      classes: [{ label: "calm", samples: 6 }, { label: "angry", samples: 6 }],
      ...{ sha256: "", licence: "none" },
    },
    protocol: { name: "none", folds: 0, normalisation: "train", chance: 0.5, rows: [] },
    intendedUse: "tests",
    limits: [],
    licence: { code: "MIT", weights: "MIT" },
    seed: 1,
    ...fields,
  };
}

/** A tone with overtones that trembles: low and slow for label 0, high and fast for label 1. */
export function tone(label: 0 | 1, seconds = 2, variant = 0): Float32Array<ArrayBuffer> {
  const pitch = (label === 0 ? 110 : 260) * (1 + 0.02 * variant);
  const tremor = label === 0 ? 2 : 7;
  return Float32Array.from({ length: Math.round(seconds * SAMPLE_RATE) }, (_, i) => {
    const t = i / SAMPLE_RATE;
    const loudness = 0.2 + 0.1 * Math.sin(2 * Math.PI * tremor * t);
    return loudness *
      (Math.sin(2 * Math.PI * pitch * t) + 0.3 * Math.sin(4 * Math.PI * pitch * t + variant));
  });
}

/** A fitted model of the tones: what the bundle of {@linkcode voiceBundle} holds. */
export function fitTones(dsp: Dsp): { scaler: StandardScaler; classifier: LogisticRegression } {
  const clips = ([0, 1] as const).flatMap((label) =>
    Array.from({ length: 6 }, (_, variant) => tone(label, 1.5 + 0.2 * variant, variant))
  );
  const x = Matrix.fromRows(
    clips.map((clip) => voiceStatistics(dsp, clip, { sampleRate: SAMPLE_RATE })),
  );
  const scaler = new StandardScaler();
  scaler.fit(x);
  const classifier = new LogisticRegression({ c: 0.01 });
  classifier.fit(scaler.transform(x), Int32Array.from(clips, (_, i) => i < 6 ? 0 : 1), 2);
  return { scaler, classifier };
}

/** A bundle that tells low tones from high ones: small, and fitted on the spot. */
export async function voiceBundle(
  dtype: BundleDtype = "float32",
): Promise<Uint8Array<ArrayBuffer>> {
  const { scaler, classifier } = fitTones(await loadDsp());
  const scalerState = scaler.state();
  const card = testCard({
    dtype,
    audio: {
      features: "voice",
      featureSize: scalerState.settings.nFeatures as number,
      sampleRate: SAMPLE_RATE,
      mfcc: "librosa",
      model: "logistic-regression",
    },
  });
  return await encodeBundle({
    card,
    parts: { "audio-scaler": scalerState, "audio-classifier": classifier.state() },
  });
}
