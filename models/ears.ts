import { commandLine } from "../src/runtime/invocation.ts";
import { decodeSafetensors, type TensorMap } from "../src/numeric/safetensors.ts";
import type { Ear, EarInfo } from "./ear.ts";
import { WeightsError } from "./weights_error.ts";
import { createWhisperEar, describeWhisperEar } from "./whisper/whisper_ear.ts";
import { WHISPER_FORMAT } from "./whisper/whisper_weights.ts";

/** A safetensors file of weights, taken apart. */
export interface EarFile {
  /** Its tensors. */
  readonly tensors: TensorMap;
  /** What it says of itself; `format` tells which ear it is. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** What is known of a kind of trained ear before it is loaded. */
export interface EarSpec {
  /** One line for lists of ears. */
  readonly description: string;
  /** What the ear of a file would be, without building the network. */
  describe(file: EarFile): Promise<EarInfo>;
  /** Builds the ear of a file. The tfjs backend must be ready. A hash of the weights that is known is not computed. */
  load(file: EarFile, weightsHash?: string): Promise<Ear>;
}

/** Every kind of trained ear, by what `format` says in the metadata of its safetensors files. */
export const EARS: Readonly<Record<string, EarSpec>> = {
  [WHISPER_FORMAT]: {
    description: `the encoder of Whisper (tiny, base, small), imported by ${
      commandLine("weights")
    }`,
    describe: describeWhisperEar,
    load: createWhisperEar,
  },
};

/**
 * The kind of ear whose weights are in the bytes of a safetensors file, and the file taken apart.
 *
 * @throws {WeightsError} If they are of no ear that is known.
 * @throws {SafetensorsError} If they are no safetensors file, or a damaged one.
 */
export function openEar(bytes: Uint8Array): { spec: EarSpec; file: EarFile } {
  const file = decodeSafetensors(bytes);
  return { spec: earSpec(file.metadata.format), file };
}

/**
 * The kind of ear of a format.
 *
 * @throws {WeightsError} If there is none.
 */
export function earSpec(format: string | undefined): EarSpec {
  if (format === undefined || !Object.hasOwn(EARS, format)) {
    const known = Object.keys(EARS).join(", ");
    throw new WeightsError(
      `it holds no network that hears: its format is ${
        format ?? "not told"
      }, and ${known} is known`,
    );
  }
  return EARS[format];
}
