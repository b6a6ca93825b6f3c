import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../tensor.ts";
import { columnSums } from "./column_sums.ts";

/** `x` [..., channels] plus `bias` [channels], with a gradient that needs no transposition. */
export function addBias(x: Tensor, bias: Tensor): Tensor {
  return tf.customGrad((x, bias) => ({
    value: tf.add(x as tf.Tensor, bias as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => [dy, columnSums(dy)],
  }))(x, bias);
}
