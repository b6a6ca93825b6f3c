import { StandardScaler } from "../../../classify/standard_scaler.ts";
import type { TrainingSet } from "../../../evaluate/training_set.ts";
import { Matrix } from "../../../numeric/matrix.ts";
import type { Normaliser } from "./normaliser.ts";

/**
 * Learns the mean and deviation of each channel over all frames of the set's rows, without labels.
 *
 * @param set Rows of frames [samples, frames * channels].
 * @param channels Numbers a frame.
 */
export function fitScaler(set: TrainingSet<Matrix>, channels: number): Normaliser {
  const x = set.rows();
  const scaler = new StandardScaler();
  scaler.fit(new Matrix(x.data.length / channels, channels, x.data));
  return { transform: (rows) => scaler.transformFrames(rows), state: scaler.state() };
}
