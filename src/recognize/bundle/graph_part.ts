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

/**
 * A tfjs model as a part of a bundle: its tensors as they are stored (float32, float16 or int32), its
 * graph among the settings.
 *
 * @throws {WeightsError} If the files are damaged.
 * @throws {BundleError} If a tensor is stored in another type.
 */
export function graphPart(model: string, { manifest, weights }: GraphFiles): SavedModel {
  const { json, specs, buffer } = readManifest(`${model}.json`, manifest, weights);
  const tensors: TensorMap = {};
  let at = 0;
  for (const { name, shape, dtype, quantization } of specs) {
    const size = shape.reduce((product, dim) => product * dim, 1);
    const stored = quantization?.dtype ?? dtype;
    const end = at + size * (stored === "float16" ? 2 : 4);
    tensors[name] = { shape, data: arrayOf(name, stored, buffer.slice(at, end)) };
    at = end;
  }
  const order = specs.map(({ name }) => name);
  const graph = (json as { modelTopology?: unknown }).modelTopology ?? null;
  return { model, settings: { order, graph }, tensors };
}

function arrayOf(name: string, dtype: string, bytes: ArrayBuffer): TensorArray {
  if (dtype === "float32") return new Float32Array(bytes);
  if (dtype === "float16") return new Uint16Array(bytes);
  if (dtype === "int32") return new Int32Array(bytes);
  throw new BundleError(`the tensor "${name}" is stored as ${dtype}, which bundles do not hold`);
}

/**
 * The files that {@linkcode graphPart} made a part of; the weights may have been rounded since.
 *
 * @throws {BundleError} If the part lacks a tensor.
 */
export function graphFiles({ model, settings, tensors }: SavedModel): GraphFiles {
  const { order, graph } = settings;
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
        : {}),
    };
  });
  return {
    manifest: JSON.stringify({ modelTopology: graph, weightsManifest: [{ weights: specs }] }),
    weights,
  };
}
