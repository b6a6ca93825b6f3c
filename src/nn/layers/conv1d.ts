import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../numeric/random.ts";
import type { Tensor } from "../tensor.ts";
import type { VariableSet } from "../variable_set.ts";
import { convolve } from "./convolve.ts";
import { glorotUniform } from "./glorot_uniform.ts";

/** Sizes of a 1-D convolution. */
export interface Conv1dSizes {
  /** Width of the filters: how many neighbouring steps one output sees. */
  readonly width: number;
  /** Channels of the input. */
  readonly inputs: number;
  /** Number of filters: channels of the output. */
  readonly outputs: number;
}

/**
 * A 1-D convolution with stride 1, without padding ("valid") and without activation. Adds
 * `<name>/kernel` [width, inputs, outputs], Glorot uniform, and `<name>/bias` [outputs], zeros.
 *
 * Tensors have the shape [n, 1, steps, channels]: an image of height 1, so that no operation in between
 * has to reshape.
 *
 * @returns The layer: [n, 1, steps, inputs] to [n, 1, steps - width + 1, outputs].
 */
export function conv1dLayer(
  variables: VariableSet,
  name: string,
  { width, inputs, outputs }: Conv1dSizes,
  random: Random,
): (x: Tensor) => Tensor {
  const shape = [width, inputs, outputs];
  const initial = glorotUniform(shape, random.derive(`${name}/kernel`));
  const kernel = variables.add(`${name}/kernel`, shape, initial);
  const bias = variables.add(`${name}/bias`, [outputs]);
  return (x) => {
    const filter = tf.reshape(kernel, [1, width, inputs, outputs]);
    return convolve(x, filter, bias, "valid");
  };
}
