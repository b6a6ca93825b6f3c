import { basename, dirname } from "node:path";
import { sha256Hex } from "../../models/sha256.ts";
import {
  checkVgg16Weights,
  VGG16_FACE,
  VGG16_FACE_LICENCE,
  VGG16_LAYERS,
  vgg16FaceHash,
} from "../../models/vgg16_face.ts";
import { BACKBONES } from "../../models/registry.ts";
import { WeightsError } from "../../models/weights_error.ts";
import { writeFileAtomically } from "../runtime/write_file_atomically.ts";
import { encodeSafetensors, type TensorMap } from "../nn/safetensors.ts";
import { readKerasConvolutions } from "./read_keras_h5.ts";

/** Version of the layout that {@linkcode importKerasWeights} writes. */
export const VGG16_FACE_FORMAT: string = "emofuse.vgg16-face/1";

/** What {@linkcode importKerasWeights} found and wrote. */
export interface ImportedWeights {
  /** The file that was written. */
  readonly out: string;
  /** SHA-256 of the Keras file. */
  readonly sourceSha256: string;
  /** The backbone's weights hash. */
  readonly weightsHash: string;
  /** Every layer with the shape of its kernel [height, width, inputs, outputs]. */
  readonly layers: readonly { readonly name: string; readonly kernel: readonly number[] }[];
  /** How many numbers there are in all. */
  readonly parameters: number;
}

/**
 * Reads the VGG16-Face weights of keras_vggface (`rcmalli_vggface_tf_notop_vgg16.h5`, layers conv1_1
 * to conv5_3; further layers are left out), checks every layer and writes them to `out` as
 * safetensors, with the source's name and SHA-256, the licence and the format's version as metadata.
 * The file appears whole or not at all; its folder is made if need be.
 *
 * @throws {WeightsError} If the file cannot be read, is not HDF5, is cut short, lacks a layer or has
 * one of another shape, or `out` cannot be written; the message names the file and the layer.
 */
export async function importKerasWeights(
  file: string,
  out: string = BACKBONES[VGG16_FACE].userWeights!.defaultPath,
): Promise<ImportedWeights> {
  const bytes = await Deno.readFile(file).catch((cause: Error) => {
    throw new WeightsError(`cannot read ${file}: ${cause.message}`, { cause });
  });
  const tensors = await convert(bytes).catch((cause) => {
    if (!(cause instanceof WeightsError)) throw cause;
    throw new WeightsError(`${file}: ${cause.message}`, { cause });
  });
  const sourceSha256 = await sha256Hex(bytes);
  const weights = encodeSafetensors(tensors, {
    format: VGG16_FACE_FORMAT,
    licence: VGG16_FACE_LICENCE,
    source_file: basename(file),
    source_sha256: sourceSha256,
  });
  try {
    await Deno.mkdir(dirname(out), { recursive: true });
    await writeFileAtomically(out, weights);
  } catch (cause) {
    throw new WeightsError(`cannot write ${out}: ${(cause as Error).message}`, { cause });
  }
  return {
    out,
    sourceSha256,
    weightsHash: await vgg16FaceHash(tensors),
    layers: VGG16_LAYERS.map(({ name }) => ({ name, kernel: tensors[`${name}/kernel`].shape })),
    parameters: Object.values(tensors).reduce((sum, { data }) => sum + data.length, 0),
  };
}

async function convert(bytes: Uint8Array): Promise<TensorMap> {
  const layers = await readKerasConvolutions(bytes, VGG16_LAYERS.map(({ name }) => name));
  const tensors: TensorMap = {};
  for (const [name, { kernel, bias }] of layers) {
    tensors[`${name}/kernel`] = kernel;
    tensors[`${name}/bias`] = bias;
  }
  checkVgg16Weights(tensors);
  return tensors;
}
