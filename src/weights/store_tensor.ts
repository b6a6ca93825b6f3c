import { WeightsError } from "../../models/weights_error.ts";
import { fromFloat16, toFloat16 } from "../numeric/float16.ts";
import type { TensorArray } from "../numeric/safetensors.ts";
import type { WeightsDtype } from "./weights_registry.ts";

/**
 * The numbers of a tensor as they are stored.
 *
 * @param name The tensor's name, for messages.
 *
 * @throws {WeightsError} If one is not finite, or too large for float16.
 */
export function storeTensor(name: string, floats: Float32Array, dtype: WeightsDtype): TensorArray {
  if (!floats.every(Number.isFinite)) {
    throw new WeightsError(`the tensor ${name} holds values that are not finite`);
  }
  if (dtype === "float32") return floats;
  const halves = toFloat16(floats);
  if (!fromFloat16(halves).every(Number.isFinite)) {
    throw new WeightsError(
      `the tensor ${name} holds values above 65504, the largest of float16: store float32`,
      { option: "dtype" },
    );
  }
  return halves;
}
