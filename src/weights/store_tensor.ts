import { WeightsError } from "../../models/weights_error.ts";
import { fromFloat16, toFloat16 } from "../numeric/float16.ts";
import { STEPS, toInt8 } from "../numeric/int8.ts";
import type { TensorMap } from "../numeric/safetensors.ts";
import type { WeightsDtype } from "./weights_registry.ts";

/**
 * A tensor as it is stored: by its name and, where it becomes whole numbers, with their steps under `name` + `#steps`,
 * one for every index of its first dimension (an output, in the order of `transformers`). Vectors do not become whole
 * numbers: they weigh little and matter much.
 *
 * @param name The tensor's name.
 *
 * @throws {WeightsError} If a number is not finite, or too large for float16.
 */
export function storeTensor(
  name: string,
  shape: readonly number[],
  floats: Float32Array,
  dtype: WeightsDtype,
): TensorMap {
  if (!floats.every(Number.isFinite)) {
    throw new WeightsError(`the tensor ${name} holds values that are not finite`);
  }
  if (dtype === "float32" || (dtype === "int8" && shape.length < 2)) {
    return { [name]: { shape, data: floats } };
  }
  if (dtype === "int8") {
    const { numbers, steps } = toInt8(floats, shape, 0);
    return {
      [name]: { shape, data: numbers },
      [name + STEPS]: { shape: [steps.length], data: steps },
    };
  }
  const halves = toFloat16(floats);
  if (!fromFloat16(halves).every(Number.isFinite)) {
    throw new WeightsError(
      `the tensor ${name} holds values above 65504, the largest of float16: store float32`,
      { option: "dtype" },
    );
  }
  return { [name]: { shape, data: halves } };
}
