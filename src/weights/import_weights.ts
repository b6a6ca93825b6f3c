import { readBytes } from "../runtime/files/read_bytes.ts";
import { BACKBONES } from "../../models/registry.ts";
import {
  checkVgg16Weights,
  describeVgg16Face,
  VGG16_FACE,
  VGG16_LAYERS,
} from "../../models/vgg16_face.ts";
import {
  readVgg16Preprocessing,
  VGG16_PREPROCESSING,
  type Vgg16Preprocessing,
  type Vgg16PreprocessingName,
  writeVgg16Preprocessing,
} from "../../models/vgg16_preprocessing.ts";
import { WeightsError } from "../../models/weights_error.ts";
import { fromFloat16 } from "../numeric/float16.ts";
import { encodeSafetensors, type TensorData, type TensorMap } from "../numeric/safetensors.ts";
import { isHdf5 } from "./is_hdf5.ts";
import { readKerasConvolutions } from "./read_keras_h5.ts";
import { readSafetensors } from "./read_safetensors.ts";
import { takeFrom } from "./source_file.ts";
import { storeTensor } from "./store_tensor.ts";
import { findVgg16Source, type Vgg16Source } from "./vgg16_sources.ts";
import type { RegisteredWeights, WeightsDtype } from "./weights_registry.ts";
import { writeWeights } from "./write_weights.ts";

/** Version of the layout that {@linkcode importWeights} writes. */
export const VGG16_FACE_FORMAT: string = "emofuse.vgg16-face/2";

/** Settings of {@linkcode importWeights}. */
export interface ImportOptions {
  /**
   * The .safetensors file to write.
   *
   * @default {".emofuse/weights/vgg16-face.safetensors" in the working folder}
   */
  readonly out?: string;
  /**
   * How the numbers are stored; float16 takes half of the room and keeps about three digits, int8 a quarter and two.
   *
   * @default {"float32"}
   */
  readonly dtype?: WeightsDtype;
  /**
   * How pictures are prepared for the weights.
   *
   * @default {what the file's origin calls for}
   */
  readonly preprocessing?: Vgg16PreprocessingName;
  /**
   * SHA-256 that the imported file must have, in hexadecimal.
   *
   * @default {not checked}
   */
  readonly sha256?: string;
  /**
   * Where the file was downloaded from: for the registry, and to name the file in errors.
   *
   * @default {it is a file of the user's}
   */
  readonly url?: string;
}

/** What {@linkcode importWeights} found and wrote. */
export interface ImportedWeights extends RegisteredWeights {
  /** The file that was written. */
  readonly out: string;
  /** What was recognised, in words. */
  readonly description: string;
  /** How pictures are prepared for them. */
  readonly preprocessing: Vgg16Preprocessing;
  /** Every layer with its name in the source and the shape of its kernel [height, width, inputs, outputs]. */
  readonly layers: readonly {
    readonly name: string;
    readonly from: string;
    readonly kernel: readonly number[];
  }[];
  /** How many numbers there are in all. */
  readonly parameters: number;
}

/** The weights of a file and what they are. */
interface Found extends Omit<Vgg16Source, "preprocessing" | "url"> {
  readonly tensors: TensorMap;
  readonly preprocessing: Vgg16Preprocessing;
  /** Where the weights come from; of a safetensors file, what it says itself. */
  readonly origin: string;
}

/**
 * Imports VGG16's convolutions from a Keras file (see {@linkcode findVgg16Source} for the ones that are
 * known) or from a safetensors file with tensors `conv1_1/kernel` to `conv5_3/bias`: checks every layer
 * and writes them to `out` as safetensors, with origin, SHA-256, licence and preprocessing as metadata,
 * and records the same in the registry beside it. Further layers are left out. Each of the two files
 * appears whole or not at all; the folder is made if need be. Memory: the file and 60 MB.
 *
 * @throws {WeightsError} If the file cannot be read, is damaged, cut short or of another network, a
 * layer is missing or has another shape, a number is not finite or too large for float16, int8 is asked
 * for, or `out` cannot be written; the message names the file and the layer.
 */
export async function importWeights(
  file: string,
  options: ImportOptions = {},
): Promise<ImportedWeights> {
  const bytes = await readBytes(file).catch((cause: Error) => {
    throw new WeightsError(`cannot read ${file}: ${cause.message}`, { cause });
  });
  return await importVgg16(file, bytes, options);
}

/** The same of the bytes of a file that is read already. */
export async function importVgg16(
  file: string,
  bytes: Uint8Array<ArrayBuffer>,
  options: ImportOptions = {},
): Promise<ImportedWeights> {
  const { out = BACKBONES[VGG16_FACE].userWeights!.defaultPath, dtype = "float32", url } = options;
  const { source, taken: found } = await takeFrom(file, bytes, options, async () => {
    if (dtype === "int8") {
      throw new WeightsError("VGG16's convolutions are stored in float32 or float16, not in int8", {
        option: "dtype",
      });
    }
    const found = isHdf5(bytes) ? await fromKeras(bytes) : fromSafetensors(bytes);
    checkVgg16Weights(found.tensors);
    return { ...found, tensors: convert(found.tensors, dtype) };
  });
  const preprocessing = options.preprocessing === undefined
    ? found.preprocessing
    : VGG16_PREPROCESSING[options.preprocessing];
  const metadata = {
    format: VGG16_FACE_FORMAT,
    licence: found.licence,
    source: url ?? found.origin,
    source_file: source.file,
    source_sha256: source.sha256,
    ...writeVgg16Preprocessing(preprocessing),
  };
  const weights = encodeSafetensors(found.tensors, metadata);
  const { weightsHash } = await describeVgg16Face({ tensors: found.tensors, metadata });
  const registered = await writeWeights(out, weights, {
    backbone: VGG16_FACE,
    source: { name: found.name, ...source },
    weightsHash,
    dtype,
    preprocessing,
    licence: found.licence,
  });
  return {
    ...registered,
    preprocessing,
    out,
    description: found.description,
    layers: VGG16_LAYERS.map(({ name }, i) => ({
      name,
      from: found.layers[i],
      kernel: found.tensors[`${name}/kernel`].shape,
    })),
    parameters: Object.values(found.tensors).reduce((sum, { data }) => sum + data.length, 0),
  };
}

async function fromKeras(bytes: Uint8Array): Promise<Found> {
  let source!: Vgg16Source;
  const layers = await readKerasConvolutions(bytes, (all) => {
    source = findVgg16Source(all);
    return source.layers;
  });
  const tensors: TensorMap = {};
  VGG16_LAYERS.forEach(({ name }, i) => {
    const { kernel, bias } = layers.get(source.layers[i])!;
    tensors[`${name}/kernel`] = kernel;
    tensors[`${name}/bias`] = bias;
  });
  return {
    ...source,
    tensors,
    preprocessing: VGG16_PREPROCESSING[source.preprocessing],
    origin: source.url,
  };
}

function fromSafetensors(bytes: Uint8Array): Found {
  const file = readSafetensors(
    bytes,
    "a Keras file (.h5, which begins with \\x89HDF), nor CTranslate2's of Whisper,",
  );
  const layers = VGG16_LAYERS.map(({ name }) => name);
  const tensors: TensorMap = {};
  for (const name of layers.flatMap((layer) => [`${layer}/kernel`, `${layer}/bias`])) {
    const tensor = file.tensors[name];
    if (tensor !== undefined) tensors[name] = { shape: tensor.shape, data: toFloat(name, tensor) };
  }
  const { licence, source } = file.metadata;
  return {
    name: "safetensors",
    description: "VGG16's convolutions in a safetensors file",
    layers,
    tensors,
    preprocessing: readVgg16Preprocessing(file.metadata),
    licence: licence ?? "not stated by the imported file",
    origin: source ?? "a safetensors file that does not state its source",
  };
}

function toFloat(name: string, { data }: TensorData): Float32Array {
  if (data instanceof Float32Array) return data;
  if (data instanceof Float64Array) return new Float32Array(data);
  if (data instanceof Uint16Array) return fromFloat16(data);
  throw new WeightsError(`the tensor ${name} holds integers, not floats`);
}

/** Checks that all numbers are finite, once they are stored as `dtype`. */
function convert(tensors: TensorMap, dtype: WeightsDtype): TensorMap {
  const stored: TensorMap = {};
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    Object.assign(stored, storeTensor(name, shape, data as Float32Array, dtype));
  }
  return stored;
}
