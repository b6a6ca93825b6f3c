import { type Enrolment, ENROLMENT_SCHEMA } from "../../src/recognize/enrol/enrolment.ts";
import { InputError } from "../../src/recognize/input_error.ts";
import { CARD_SCHEMA, type ModelCard } from "../../src/recognize/bundle/model_card.ts";
import type { ClipInput } from "../../src/recognize/clip_input.ts";
import type { Prediction } from "../../src/recognize/prediction.ts";
import type {
  PredictionOptions,
  Recognizer,
  StreamOptions,
} from "../../src/recognize/recognizer.ts";
import { giveLabel } from "../../src/recognize/sure/uncertain.ts";

const network = { name: "faceres", weightsSha256: "0".repeat(64), licence: "MIT", source: "npm" };

/** A card of a model that listens and looks; its backbone gives 4 numbers a frame. */
export const CARD: ModelCard = {
  schema: CARD_SCHEMA,
  name: "a model for tests",
  emofuse: "0.1.0",
  labels: ["calm", "angry"],
  windowSeconds: 2,
  audio: {
    ...{ features: "voice", featureSize: 10, sampleRate: 8000 },
    ...{ mfcc: "librosa", model: "logistic-regression" },
  },
  video: {
    ...{ features: "face-statistics", featureSize: 8, model: "logistic-regression" },
    backbone: { ...network, featureSize: 4, channels: 4 },
    detector: network,
    ...{
      crop: "none",
      width: 64,
      height: 36,
      stretch: 1,
      fps: 10,
      frameStep: 1,
      frameFill: "repeat",
    },
    kernels: "winograd",
  },
  fusion: { rule: "decision-product", settings: {} },
  dtype: "float32",
  rounding: { through: "clips", samples: 1, changed: 0, maxDifference: 0 },
  normalisation: "train",
  corpus: {
    ...{ name: "none", synthetic: true, samples: 1, clips: 1, takes: 1, speakers: ["1"] },
    ...{ classes: [], sha256: "0".repeat(64), licence: "none" },
  },
  protocol: { name: "none", folds: 2, normalisation: "train", chance: 0.5, rows: [] },
  intendedUse: "Tests.",
  limits: ["Knows nothing."],
  licence: { code: "MIT", weights: "none" },
  seed: 1,
};

/**
 * A recogniser without a model: the probability of `angry` is the largest sample, or where there is no
 * sound the share of the frames' first byte, less what an enrolment says is usual. It refuses what a real one refuses.
 */
export function fakeRecognizer(): Recognizer & { disposedStreams: number } {
  const predict = (
    clip: ClipInput,
    { minConfidence = 0, enrolment }: PredictionOptions = {},
  ): Prediction => {
    const { samples, frames, embeddings } = clip;
    if (samples?.some((sample) => !Number.isFinite(sample))) {
      throw new InputError("samples hold a value that is not a finite number");
    }
    if (samples?.some((sample) => sample < -7)) throw new InputError("this part is refused");
    if (samples?.some((sample) => sample > 99)) throw new TypeError("a defect");
    const angry = samples
      ? samples.reduce((most, sample) => Math.max(most, sample), 0)
      : (frames?.data[0] ?? 255 * (embeddings?.data[0] ?? 0)) / 255;
    const usual = enrolment?.audio?.mean[0] ?? 0;
    if (usual > 1) throw new InputError("the enrolment is impossible");
    const probabilities = { calm: 1 - angry + usual, angry: angry - usual };
    return {
      ...giveLabel(CARD.labels, Float64Array.from(Object.values(probabilities)), minConfidence),
      probabilities,
      modalities: samples ? { audio: probabilities } : { video: probabilities },
      used: samples ? ["audio"] : ["video"],
      ...(samples && frames ? {} : { fallback: "one modality is missing" }),
      ...{ quality: [], warnings: [] },
    };
  };
  /** A person's usual level, the mean of the clips' largest samples. */
  const enrol = (clips: Iterable<ClipInput>, former?: Enrolment): Enrolment => {
    const levels = Array.from(clips, (clip) => predict(clip).probabilities.angry);
    const { clips: before, mean: [usual] } = former?.audio ?? { clips: 0, mean: [0] };
    if (usual > 1) throw new InputError("the enrolment is impossible");
    const n = before + levels.length;
    const mean = [levels.reduce((sum, level) => sum + level, before * usual) / n];
    return { schema: ENROLMENT_SCHEMA, bundle: "fake", audio: { clips: n, mean } };
  };
  const recognizer = {
    card: CARD,
    disposedStreams: 0,
    predict,
    enrol,
    checkEnrolment: (value: unknown) => value as Enrolment,
    pieces: (_: unknown, options?: PredictionOptions) => ({
      push: () => {},
      enrol: (clip: ClipInput = {}, former?: Enrolment) => enrol([clip], former),
      predict: (clip: ClipInput = {}) => predict(clip, options),
    }),
    stream: ({ hopSeconds = 0.5, ...options }: StreamOptions = {}) => {
      if (hopSeconds > 100) throw new InputError("hopSeconds is out of range");
      let end = 0;
      return {
        push: (chunk: ClipInput & { time: number }) => {
          const start = chunk.time;
          end = start + 0.5;
          return [{ ...predict(chunk, options), start, end }];
        },
        end: () => [],
        seen: () => undefined,
        // deno-lint-ignore require-yield
        async *from() {
          await Promise.reject(new Error("not used by a server"));
        },
        dispose: () => {
          recognizer.disposedStreams++;
        },
      };
    },
    findFaces: () => [],
    dispose: () => {},
  };
  return recognizer;
}
