import { StandardScaler } from "../../../classify/standard_scaler.ts";
import type { TrainingSet } from "../../../evaluate/training_set.ts";
import { Matrix } from "../../../numeric/matrix.ts";
import type { Normaliser } from "./normaliser.ts";

/** Samples whose rows are taken at once. */
const SAMPLES = 128;

/**
 * Learns the mean and deviation of each channel over all frames of the set's rows, without labels.
 *
 * @param set Rows of frames [samples, frames * channels].
 * @param channels Numbers a frame.
 */
export function fitScaler(set: TrainingSet<Matrix>, channels: number): Normaliser {
  const scaler = new StandardScaler();
  scaler.fitParts(channels, () => frameParts(set, channels));
  return { transform: (rows) => scaler.transformFrames(rows), state: scaler.state() };
}

/** The frames of some samples after the other: the rows of all of them would be one more copy of the training set. */
function* frameParts(set: TrainingSet<Matrix>, channels: number): Generator<Matrix> {
  const places = [...set.samples.keys()];
  for (let from = 0; from < places.length; from += SAMPLES) {
    const { data } = set.subset(places.slice(from, from + SAMPLES)).rows();
    yield new Matrix(data.length / channels, channels, data);
  }
}
