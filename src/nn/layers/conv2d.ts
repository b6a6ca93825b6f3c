import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../numeric/random.ts";
import type { Tensor } from "../tensor.ts";
import type { VariableSet } from "../variable_set.ts";
import { glorotUniform } from "./glorot_uniform.ts";

/** Sizes of a 2-D convolution. */
export interface Conv2dSizes {
  /** Channels of the input. */
  readonly inputs: number;
  /** Number of filters: channels of the output. */
  readonly outputs: number;
  /**
   * From one output to the next, in rows and in columns.
   *
   * @default {1}
   */
  readonly stride?: number;
}

/**
 * A 2-D convolution of 3 x 3 filters, padded with zeros so that stride 1 keeps the size ("same"), without
 * activation and without bias, for the batch normalisation that follows takes any bias away. Adds
 * `<name>/kernel` [3, 3, inputs, outputs], Glorot uniform.
 *
 * @returns The layer: [n, rows, columns, inputs] to [n, ceil(rows / stride), ceil(columns / stride),
 * outputs].
 */
export function conv2dLayer(
  variables: VariableSet,
  name: string,
  { inputs, outputs, stride = 1 }: Conv2dSizes,
  random: Random,
): (x: Tensor) => Tensor {
  const shape = [3, 3, inputs, outputs];
  const initial = glorotUniform(shape, random.derive(`${name}/kernel`));
  const kernel = variables.add(`${name}/kernel`, shape, initial);
  return (x) => tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, stride, "same");
}
