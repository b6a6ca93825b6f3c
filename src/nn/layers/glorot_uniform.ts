import type { Random } from "../../numeric/random.ts";

/**
 * Initial values of a kernel: uniform between plus and minus `sqrt(6 / (fanIn + fanOut))`, where a fan
 * counts the weights that meet in one output, or leave one input (X. Glorot and Y. Bengio,
 * "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010). Keras's
 * default for dense and convolution layers.
 *
 * @param shape Sizes of the kernel: inputs and outputs last, the receptive field before them.
 * @param random Where the numbers come from.
 *
 * @example
 * ```ts
 * import { glorotUniform } from "./glorot_uniform.ts";
 * import { Random } from "../../numeric/random.ts";
 * import assert from "node:assert/strict";
 *
 * const kernel = glorotUniform([3, 1, 5], new Random(1)); // fans 3 * 1 and 3 * 5
 * assert.equal(kernel.length, 15);
 * assert(kernel.every((w) => Math.abs(w) <= Math.sqrt(6 / 18)));
 * ```
 */
export function glorotUniform(shape: readonly number[], random: Random): Float32Array {
  const [inputs, outputs] = shape.slice(-2);
  const field = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  const limit = Math.sqrt(6 / (field * (inputs + outputs)));
  const values = new Float32Array(field * inputs * outputs);
  for (let i = 0; i < values.length; i++) values[i] = random.uniform(-limit, limit);
  return values;
}
