import type { TensorMap } from "../../src/numeric/safetensors.ts";
import type { Ear, EarInfo } from "../ear.ts";
import { sha256Hex } from "../sha256.ts";
import { WeightsError } from "../weights_error.ts";
import { createWhisperEncoder } from "./whisper_encoder.ts";
import {
  recogniseWhisper,
  WHISPER_LICENCE,
  WHISPER_POSITIONS,
  WHISPER_SOURCE,
  whisperNumbers,
  type WhisperSizes,
  whisperTensors,
} from "./whisper_weights.ts";

/** Whisper's encoder in a safetensors file. */
export interface WhisperFile {
  /** The encoder's tensors. */
  readonly tensors: TensorMap;
  /** What the file says of itself. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * What Whisper's encoder of a file is as an ear, without building the network. A hash of the weights that is known is
 * not computed.
 *
 * @throws {WeightsError} If the tensors are no encoder of Whisper's; the message names the tensor.
 */
export async function describeWhisperEar(
  { tensors, metadata }: WhisperFile,
  weightsHash?: string,
): Promise<EarInfo> {
  const sizes = recogniseWhisper(tensors);
  return {
    name: `whisper-${sizes.name}`,
    weightsHash: weightsHash ?? await hashWeights(tensors, sizes),
    licence: metadata.licence ?? WHISPER_LICENCE,
    source: metadata.source ?? WHISPER_SOURCE,
    sampleRate: 16000,
    rowsPerSecond: 50,
    layers: sizes.layers + 1,
    width: sizes.width,
    input: "whisper-log-mel",
  };
}

/** SHA-256 of all numbers as float32, however they are stored. */
async function hashWeights(tensors: TensorMap, sizes: WhisperSizes): Promise<string> {
  const numbers = Array.from(whisperTensors(sizes).keys(), (name) => {
    const values = whisperNumbers(tensors, name);
    if (!values.every(Number.isFinite)) {
      throw new WeightsError(`${name} holds a number that is not finite`);
    }
    const { buffer, byteOffset, byteLength } = values;
    return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
  });
  return await sha256Hex(...numbers);
}

/**
 * Whisper's encoder of a file as an ear. The tfjs backend must be ready. A hash of the weights that is known is not
 * computed.
 *
 * @throws {WeightsError} If the tensors are no encoder of Whisper's; the message names the tensor.
 */
export async function createWhisperEar(file: WhisperFile, weightsHash?: string): Promise<Ear> {
  const info = await describeWhisperEar(file, weightsHash);
  const encoder = createWhisperEncoder(file.tensors);
  return {
    ...info,
    most: 2 * WHISPER_POSITIONS,
    listen: (mel, frames, through) => encoder.encode(mel, frames, through),
    dispose: () => encoder.dispose(),
  };
}
