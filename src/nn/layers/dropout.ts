import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../numeric/random.ts";
import type { Tensor } from "../tensor.ts";

/**
 * Inverted dropout: sets each value to zero with probability `rate` and divides the others by
 * `1 - rate`, so that the expected value stays (N. Srivastava et al., "Dropout: a simple way to prevent
 * neural networks from overfitting", JMLR 15, 2014). The mask is drawn from `random`, not by tfjs, so
 * that it is the same on every backend. Without `random`, as in prediction, it returns `x`.
 *
 * @throws {RangeError} If `rate` is not in [0, 1).
 */
export function dropout(x: Tensor, rate: number, random?: Random): Tensor {
  if (!(rate >= 0 && rate < 1)) {
    throw new RangeError(`a dropout rate is at least 0 and below 1, got ${rate}`);
  }
  if (random === undefined || rate === 0) return x;
  const scale = 1 / (1 - rate);
  const mask = new Float32Array(x.size);
  for (let i = 0; i < mask.length; i++) mask[i] = random.next() < rate ? 0 : scale;
  return tf.mul(x, tf.tensor(mask, x.shape));
}
