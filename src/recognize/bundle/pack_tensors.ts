import { fromFloat16, toFloat16 } from "../../numeric/float16.ts";
import { fromInt8, STEPS, toInt8 } from "../../numeric/int8.ts";
import type { TensorArray, TensorData, TensorMap } from "../../numeric/safetensors.ts";
import { BundleError } from "./bundle_error.ts";
import type { BundleDtype } from "./model_card.ts";

/** What a stored tensor has to become when it is read. */
export type PackedType = "F64" | "F32";

/** Tensors as they are stored, and which of them have to be restored. */
export interface PackedTensors {
  /** The stored tensors; one of whole numbers has its steps beside it, under `name` + `#steps`. */
  readonly tensors: TensorMap;
  /** Type of each tensor that is stored as another. */
  readonly types: Readonly<Record<string, PackedType>>;
}

/**
 * Rounds tensors for storage.
 *
 * - `float32`: double-precision values become single-precision ones.
 * - `float16`: values of matrices and kernels become half-precision ones.
 * - `int8`: those become whole numbers from -127 to 127 times a step, one a channel: an index of a matrix's
 *   shorter side, or of the last dimension of a kernel that is larger than 1. The step makes the
 *   channel's largest value 127.
 *
 * Vectors (biases, means, scales) are never less than float32: they weigh little and matter much.
 * Whole numbers, and what is float16 already, stay as they are but for `int8`.
 */
export function packTensors(tensors: TensorMap, dtype: BundleDtype): PackedTensors {
  const packed: TensorMap = {};
  const types: Record<string, PackedType> = {};
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    const isMatrix = shape.filter((size) => size > 1).length > 1;
    if (data instanceof Int32Array || data instanceof Uint8Array) {
      packed[name] = { shape, data };
      continue;
    }
    const half = data instanceof Uint16Array;
    const type: PackedType = data instanceof Float64Array ? "F64" : "F32";
    if (isMatrix && dtype === "int8") {
      const values = half ? fromFloat16(data) : data;
      const { numbers, steps } = toInt8(values, shape, channelAxis(shape));
      packed[name] = { shape, data: numbers };
      packed[name + STEPS] = { shape: [steps.length], data: steps };
      types[name] = type;
    } else if (isMatrix && dtype === "float16" && !half) {
      packed[name] = { shape, data: toFloat16(Float32Array.from(data)) };
      types[name] = type;
    } else if (type === "F64") {
      packed[name] = { shape, data: Float32Array.from(data) };
      types[name] = type;
    } else packed[name] = { shape, data };
  }
  return { tensors: packed, types };
}

/**
 * The tensors that {@linkcode packTensors} made `packed` of, to rounding.
 *
 * @throws {BundleError} If the steps of a tensor of whole numbers are missing.
 */
export function unpackTensors({ tensors, types }: PackedTensors): TensorMap {
  const out: TensorMap = {};
  for (const [name, tensor] of Object.entries(tensors)) {
    // Steps of a tensor that came in whole numbers belong to who reads it.
    if (name.endsWith(STEPS) && types[name.slice(0, -STEPS.length)] !== undefined) continue;
    const type = types[name];
    out[name] = type === undefined ? tensor : {
      shape: tensor.shape,
      data: restore(name, tensor, tensors[name + STEPS], type),
    };
  }
  return out;
}

function restore(
  name: string,
  { shape, data }: TensorData,
  steps: TensorData | undefined,
  type: PackedType,
): TensorArray {
  let values: Float32Array;
  if (data instanceof Uint8Array) {
    const axis = channelAxis(shape);
    const channels = shape[axis];
    if (!(steps?.data instanceof Float32Array) || steps.data.length !== channels) {
      throw new BundleError(`the tensor "${name}" lacks the ${channels} steps of its numbers`);
    }
    values = fromInt8(data, shape, axis, steps.data);
  } else values = data instanceof Uint16Array ? fromFloat16(data) : data as Float32Array;
  return type === "F64" ? Float64Array.from(values) : values;
}

/** The dimension of the channels. */
function channelAxis(shape: readonly number[]): number {
  if (shape.length === 2) return shape[0] < shape[1] ? 0 : 1;
  return shape.findLastIndex((size) => size > 1);
}
