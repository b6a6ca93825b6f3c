import { fromFloat16 } from "../numeric/float16.ts";
import type { TensorMap } from "../numeric/safetensors.ts";
import { storeTensor } from "./store_tensor.ts";
import type { WeightsDtype } from "./weights_registry.ts";

/**
 * The tensors of a weights file, rounded as `deno task weights` rounds them, so that whoever reads such files reads
 * these. Vectors stay as they are, and so does what is stored in no more room already.
 *
 * @param tensors Of which the first dimension of matrices and kernels is that of the outputs.
 *
 * @example
 * ```ts
 * import { roundTensors } from "./round_tensors.ts";
 * import assert from "node:assert/strict";
 *
 * const matrix = { shape: [1, 2], data: Float32Array.of(0.5, 127) };
 * const vector = { shape: [1], data: Float32Array.of(0.1) };
 * const { weight, bias, ...rest } = roundTensors({ weight: matrix, bias: vector }, "int8");
 * assert.deepEqual(weight, { shape: [1, 2], data: Uint8Array.of(129, 255) });
 * assert.deepEqual(rest, { "weight#steps": { shape: [1], data: Float32Array.of(1) } });
 * assert.equal(bias, vector);
 * ```
 *
 * @throws {WeightsError} If a number is not finite, or too large for float16.
 */
export function roundTensors(tensors: TensorMap, dtype: WeightsDtype): TensorMap {
  const rounded: TensorMap = {};
  for (const [name, tensor] of Object.entries(tensors)) {
    const { shape, data } = tensor;
    const canShrink = data instanceof Float32Array ||
      (data instanceof Uint16Array && dtype === "int8");
    if (canShrink && shape.length > 1) {
      const floats = data instanceof Uint16Array ? fromFloat16(data) : data;
      Object.assign(rounded, storeTensor(name, shape, floats, dtype));
    } else rounded[name] = tensor;
  }
  return rounded;
}
