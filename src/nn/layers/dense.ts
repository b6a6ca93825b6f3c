import { denseProduct } from "./dense_gradients.ts";
import type { Random } from "../../numeric/random.ts";
import type { Tensor } from "../tensor.ts";
import type { VariableSet } from "../variable_set.ts";
import { glorotUniform } from "./glorot_uniform.ts";

/**
 * A dense layer: `x kernel + bias`, without activation. Adds `<name>/kernel` [inputs, outputs], Glorot
 * uniform, and `<name>/bias` [outputs], zeros, to `variables`.
 *
 * @returns The layer: [n, inputs] to [n, outputs].
 */
export function denseLayer(
  variables: VariableSet,
  name: string,
  inputs: number,
  outputs: number,
  random: Random,
): (x: Tensor) => Tensor {
  const shape = [inputs, outputs];
  const initial = glorotUniform(shape, random.derive(`${name}/kernel`));
  const kernel = variables.add(`${name}/kernel`, shape, initial);
  const bias = variables.add(`${name}/bias`, [outputs]);
  return (x) => denseProduct(x, kernel, bias);
}
