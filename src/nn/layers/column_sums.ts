import * as tf from "@tensorflow/tfjs";
import { COLUMN_SUMS } from "../kernels/column_sums.ts";
import { hasKernel } from "../kernels/register.ts";
import type { Tensor } from "../tensor.ts";

/**
 * The sums [cols] of `x` [..., cols] over all dimensions but the last, by Emofuse's own kernel; on other backends as
 * a product with a row of ones.
 */
export function columnSums(x: Tensor): Tensor {
  if (hasKernel(COLUMN_SUMS)) return tf.engine().runKernel(COLUMN_SUMS, { x }) as Tensor;
  const cols = x.shape[x.rank - 1];
  const rows = x.size / cols;
  return tf.reshape(tf.matMul(tf.ones([1, rows]), tf.reshape(x, [rows, cols])), [cols]);
}
