import { Problem } from "../problem.ts";

/** How PCM samples are stored. */
export interface PcmFormat {
  /** Integers or floating point. */
  readonly encoding: "integer" | "float";
  /** Bits of a stored sample: 8 (unsigned), 16, 24, 32; or 32, 64 of floating point. */
  readonly bits: number;
  /** Channels, interleaved. */
  readonly channels: number;
  /** Whether the first byte of a sample is its least significant one. */
  readonly littleEndian: boolean;
}

/**
 * Reads PCM samples as mono, full scale -1 to 1; channels are averaged.
 *
 * @example
 * ```ts
 * import { mixSamples } from "./mix_samples.ts";
 * import assert from "node:assert/strict";
 *
 * const bytes = new Uint8Array(new Int16Array([16384, 0, -32768, 0]).buffer);
 * const format = { encoding: "integer", bits: 16, channels: 2, littleEndian: true } as const;
 * assert.deepEqual(Array.from(mixSamples(bytes, format)), [0.25, -0.5]);
 * ```
 *
 * @returns [samples]
 * @throws {Problem} 422 if the bytes are not a whole number of samples, or none.
 */
export function mixSamples(bytes: Uint8Array<ArrayBuffer>, format: PcmFormat): Float32Array {
  const { channels, bits } = format;
  const width = bits / 8, frame = width * channels;
  if (bytes.length === 0) throw new Problem(422, "the sound has no samples");
  if (bytes.length % frame !== 0) {
    throw new Problem(
      422,
      `${bytes.length} bytes are not a whole number of samples of ${frame} bytes`,
    );
  }
  const read = reader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), format);
  const samples = new Float32Array(bytes.length / frame);
  let at = 0;
  for (let i = 0; i < samples.length; i++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++, at += width) sum += read(at);
    samples[i] = sum / channels;
  }
  return samples;
}

function reader(view: DataView, format: PcmFormat): (at: number) => number {
  const { encoding, bits, littleEndian: little } = format;
  if (encoding === "float") {
    return bits === 32 ? (at) => view.getFloat32(at, little) : (at) => view.getFloat64(at, little);
  }
  switch (bits) {
    case 8: // The only width that is stored unsigned.
      return (at) => (view.getUint8(at) - 128) / 128;
    case 16:
      return (at) => view.getInt16(at, little) / 2 ** 15;
    case 24:
      return little
        ? (at) => (view.getInt8(at + 2) * 2 ** 16 + view.getUint16(at, true)) / 2 ** 23
        : (at) => (view.getInt8(at) * 2 ** 16 + view.getUint16(at + 1)) / 2 ** 23;
    default:
      return (at) => view.getInt32(at, little) / 2 ** 31;
  }
}
