import { createHash } from "node:crypto";
import {
  recogniseWhisper,
  WHISPER_FORMAT,
  WHISPER_LICENCE,
  WHISPER_SOURCE,
  whisperNumbers,
  type WhisperSizes,
  whisperTensors,
} from "../../models/whisper/whisper_weights.ts";
import { encodeSafetensors, type TensorMap } from "../numeric/safetensors.ts";
import { takeFrom } from "./source_file.ts";
import { storeTensor } from "./store_tensor.ts";
import type { RegisteredWeights, WeightsDtype } from "./weights_registry.ts";
import { readWhisper } from "./whisper_sources.ts";
import { writeWeights } from "./write_weights.ts";

/** Settings of {@linkcode importWhisper}; those of `importWeights()`, without a preprocessing. */
export interface ImportWhisperOptions {
  /**
   * The .safetensors file to write.
   *
   * @default {".emofuse/weights/whisper-tiny.safetensors", or of another size, in the working folder}
   */
  readonly out?: string;
  /**
   * How the numbers are stored: float16 takes half of the room, int8 (whole numbers with a step an output; vectors
   * stay float32) a quarter.
   *
   * @default {"float32"}
   */
  readonly dtype?: WeightsDtype;
  /**
   * SHA-256 that the imported file must have, in hexadecimal.
   *
   * @default {not checked}
   */
  readonly sha256?: string;
  /**
   * Where the file was downloaded from.
   *
   * @default {it is a file of the user's}
   */
  readonly url?: string;
}

/** What {@linkcode importWhisper} found and wrote. */
export interface ImportedWhisper extends RegisteredWeights {
  /** The file that was written. */
  readonly out: string;
  /** What was recognised, in words. */
  readonly description: string;
  /** The encoder's sizes. */
  readonly sizes: WhisperSizes;
  /** How many numbers there are in all. */
  readonly parameters: number;
}

/**
 * Imports Whisper's encoder from the bytes of a file (see `readWhisper()` for the kinds that are known): checks every
 * shape and writes the encoder alone to `out` as safetensors, with origin, SHA-256 and licence as metadata, and records
 * the same in the registry beside it. Positions are left out: they can be computed.
 *
 * @throws {WeightsError} If the file is damaged, cut short or of another network, a tensor is missing or has another
 * shape, a number is not finite or too large for float16, or `out` cannot be written; the message names `file`.
 */
export async function importWhisper(
  file: string,
  bytes: Uint8Array<ArrayBuffer>,
  options: ImportWhisperOptions = {},
): Promise<ImportedWhisper> {
  const { out: chosen, dtype = "float32", url } = options;
  const { source, taken } = await takeFrom(file, bytes, options, () => readAndCheck(bytes, dtype));
  const { sizes, tensors, weightsHash, parameters, name, description, metadata } = taken;
  const out = chosen ?? `.emofuse/weights/whisper-${sizes.name}.safetensors`;
  const licence = metadata.licence ?? WHISPER_LICENCE;
  const weights = encodeSafetensors(tensors, {
    format: WHISPER_FORMAT,
    licence,
    source: url ?? metadata.source ?? WHISPER_SOURCE,
    source_file: source.file,
    source_sha256: source.sha256,
  });
  const registered = await writeWeights(out, weights, {
    backbone: `whisper-${sizes.name}`,
    source: { name, ...source },
    weightsHash,
    dtype,
    licence,
  });
  return { ...registered, out, description, sizes, parameters };
}

/** The encoder in a file, every tensor checked and stored as `dtype`. */
function readAndCheck(bytes: Uint8Array, dtype: WeightsDtype) {
  const { name, description, tensors: all, metadata } = readWhisper(bytes);
  const sizes = recogniseWhisper(all);
  const hash = createHash("sha256");
  const tensors: TensorMap = {};
  let parameters = 0;
  for (const [tensor, shape] of whisperTensors(sizes)) {
    Object.assign(tensors, storeTensor(tensor, [...shape], whisperNumbers(all, tensor), dtype));
    const numbers = whisperNumbers(tensors, tensor);
    hash.update(numbers);
    parameters += numbers.length;
  }
  const weightsHash = hash.digest("hex");
  return { sizes, tensors, weightsHash, parameters, name, description, metadata };
}
