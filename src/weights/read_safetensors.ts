import { WeightsError } from "../../models/weights_error.ts";
import { decodeSafetensors, SafetensorsError } from "../numeric/safetensors.ts";

/**
 * Reads a safetensors file that might have been of another kind.
 *
 * @param other What else it might have been, for the message: "a Keras file".
 *
 * @throws {WeightsError} If it is neither.
 */
export function readSafetensors(
  bytes: Uint8Array,
  other: string,
): ReturnType<typeof decodeSafetensors> {
  try {
    return decodeSafetensors(bytes);
  } catch (cause) {
    if (!(cause instanceof SafetensorsError)) throw cause;
    throw new WeightsError(`neither ${other} nor a safetensors file: ${cause.message}`, { cause });
  }
}
