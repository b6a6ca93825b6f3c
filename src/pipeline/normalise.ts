import type { SavedModel } from "../classify/model_state.ts";
import { SpeakerNormaliser } from "../classify/speaker_normaliser.ts";
import { StandardScaler } from "../classify/standard_scaler.ts";
import { Matrix } from "../nn/matrix.ts";
import type { Normalisation } from "./normalisation.ts";

/** How {@linkcode normalise} works. */
export interface NormaliseOptions {
  /** What is normalised by. */
  readonly how: Normalisation;
  /** Numbers a frame: the same number of every frame shares its statistics. */
  readonly channels: number;
  /** Samples that may be learned from. */
  readonly train: Int32Array;
  /** Speaker of each sample. */
  readonly speakers: readonly string[];
}

/** Normalised features. */
export interface Normalised {
  /** The features [samples, features]. */
  readonly matrix: Matrix;
  /** What was fitted for them; undefined where nothing was. */
  readonly state?: SavedModel;
  /** What the reader of the results should know, if anything. */
  readonly warning?: string;
}

/** Samples of a speaker that give statistics worth having. */
const MIN_SAMPLES = 8;

/**
 * Brings each channel to mean 0 and deviation 1: over the training samples (`train`), or over each
 * speaker's own samples (`own`), training or test alike, which uses no label. `none` changes nothing.
 */
export function normalise(
  x: Matrix,
  { how, channels, train, speakers }: NormaliseOptions,
): Normalised {
  if (how === "none") return { matrix: x };
  const frames = x.cols / channels;
  const flat = new Matrix(x.rows * frames, channels, x.data);
  const trainRows = new Int32Array(train.length * frames)
    .map((_, i) => train[Math.floor(i / frames)] * frames + i % frames);
  const back = (matrix: Matrix) => new Matrix(x.rows, x.cols, matrix.data);
  if (how === "train") {
    const scaler = new StandardScaler();
    scaler.fit(flat.selectRows(trainRows));
    return { matrix: scaler.transformFrames(x), state: scaler.state() };
  }
  const normaliser = new SpeakerNormaliser({ minSamples: MIN_SAMPLES * frames });
  const rowSpeakers = Array.from(
    { length: flat.rows },
    (_, row) => speakers[Math.floor(row / frames)],
  );
  normaliser.fit(flat, rowSpeakers, trainRows);
  return {
    matrix: back(normaliser.transform(flat, rowSpeakers)),
    state: normaliser.state(),
    warning: normaliser.warning,
  };
}
