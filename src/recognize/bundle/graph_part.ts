import { readManifest } from "../../../models/weights_manifest.ts";
import type { SavedModel } from "../../classify/model_state.ts";
import type { TensorArray, TensorMap } from "../../numeric/safetensors.ts";
import { BundleError } from "./bundle_error.ts";

/** The two files of a tfjs model: the JSON's text, and the weights. */
export interface GraphFiles {
  /** Text of the JSON file. */
  readonly manifest: string;
  /** Bytes of the weight file. */
  readonly weights: Uint8Array<ArrayBuffer>;
}

/** How whole numbers of a byte stand for others: `min + scale * number`. */
type Quantization = Readonly<Record<"scale" | "min", number>>;

/**
 * A tfjs model as a part of a bundle: its tensors as they are stored (float32, float16, int32, or bytes that stand for
 * numbers of a range), its graph among the settings; null where the code has it.
 *
 * @throws {WeightsError} If the files are damaged.
 * @throws {BundleError} If a tensor is stored in another type.
 */
export function graphPart(model: string, { manifest, weights }: GraphFiles): SavedModel {
  const { json, specs, buffer } = readManifest(`${model}.json`, manifest, weights);
  const tensors: TensorMap = {};
  const ranges: Record<string, Quantization> = {};
  let at = 0;
  for (const { name, shape, dtype, quantization } of specs) {
    const size = shape.reduce((product, dim) => product * dim, 1);
    const stored = quantization?.dtype ?? dtype;
    const end = at + size * (stored === "float16" ? 2 : stored === "uint8" ? 1 : 4);
    if (quantization && "scale" in quantization) {
      ranges[name] = { scale: quantization.scale!, min: quantization.min! };
    }
    tensors[name] = { shape, data: arrayOf(name, stored, buffer.slice(at, end)) };
    at = end;
  }
  const order = specs.map(({ name }) => name);
  const graph = (json as { modelTopology?: unknown }).modelTopology ?? null;
  const settings = Object.keys(ranges).length > 0 ? { order, graph, ranges } : { order, graph };
  return { model, settings, tensors };
}

function arrayOf(name: string, dtype: string, bytes: ArrayBuffer): TensorArray {
  if (dtype === "float32") return new Float32Array(bytes);
  if (dtype === "float16") return new Uint16Array(bytes);
  if (dtype === "int32") return new Int32Array(bytes);
  if (dtype === "uint8") return new Uint8Array(bytes);
  throw new BundleError(`the tensor "${name}" is stored as ${dtype}, which bundles do not hold`);
}

/**
 * The files that {@linkcode graphPart} made a part of; the weights may have been rounded since.
 *
 * @throws {BundleError} If the part lacks a tensor.
 */
export function graphFiles({ model, settings, tensors }: SavedModel): GraphFiles {
  const { order, graph, ranges = {} } = settings;
  if (!Array.isArray(order)) {
    throw new BundleError(`the network ${model} lacks its list of weights`);
  }
  const arrays = order.map((name: string) => {
    const tensor = tensors[name];
    if (tensor === undefined) throw new BundleError(`the network ${model} lacks "${name}"`);
    return { name, ...tensor };
  });
  const weights = new Uint8Array(arrays.reduce((sum, { data }) => sum + data.byteLength, 0));
  let at = 0;
  const specs = arrays.map(({ name, shape, data }) => {
    weights.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
    return {
      name,
      shape,
      dtype: data instanceof Int32Array ? "int32" : "float32",
      ...(data instanceof Uint16Array
        ? { quantization: { dtype: "float16", original_dtype: "float32" } }
        : data instanceof Uint8Array
        ? { quantization: { dtype: "uint8", ...(ranges as Record<string, Quantization>)[name] } }
        : {}),
    };
  });
  return {
    manifest: JSON.stringify({ modelTopology: graph, weightsManifest: [{ weights: specs }] }),
    weights,
  };
}
