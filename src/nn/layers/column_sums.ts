import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../tensor.ts";

/**
 * The sums [cols] of `x` [..., cols] over all dimensions but the last. As a product with a row of ones,
 * because tfjs's WASM backend would transpose the whole tensor before such a sum.
 */
export function columnSums(x: Tensor): Tensor {
  const cols = x.shape[x.rank - 1];
  const rows = x.size / cols;
  return tf.reshape(tf.matMul(tf.ones([1, rows]), tf.reshape(x, [rows, cols])), [cols]);
}
