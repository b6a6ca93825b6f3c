import { A_LAW, MU_LAW } from "./g711.ts";

/** How samples are stored. */
export interface PcmFormat {
  /** Integers, floating point, or the logarithmic bytes of telephones. */
  readonly encoding: "integer" | "float" | "a-law" | "mu-law";
  /** Bits of a stored sample: 8 (unsigned), 16, 24, 32 of integers; 32, 64 of floating point; else 8. */
  readonly bits: number;
  /** Channels, interleaved. */
  readonly channels: number;
  /** Whether the first byte of a sample is its least significant one. */
  readonly littleEndian: boolean;
}

/** Whether {@linkcode decodePcm} reads samples of this width. */
export function isPcmWidth({ encoding, bits }: Pick<PcmFormat, "encoding" | "bits">): boolean {
  if (encoding === "integer") return [8, 16, 24, 32].includes(bits);
  return encoding === "float" ? bits === 32 || bits === 64 : bits === 8;
}

/**
 * Reads samples as mono, full scale -1 to 1: the channels' sum by `weights`. What is not a whole sample
 * of all channels at the end is left out.
 *
 * @example
 * ```ts
 * import { channelWeights } from "./channel_weights.ts";
 * import { decodePcm } from "./decode_pcm.ts";
 * import assert from "node:assert/strict";
 *
 * const bytes = new Uint8Array(new Int16Array([16384, 0, -32768, 0]).buffer);
 * const format = { encoding: "integer", bits: 16, channels: 2, littleEndian: true } as const;
 * assert.deepEqual([...decodePcm(bytes, format, channelWeights(2))], [0.25, -0.5]);
 * ```
 *
 * @param weights [channels]
 * @returns [samples]
 */
export function decodePcm(
  bytes: Uint8Array,
  format: PcmFormat,
  weights: Float64Array,
): Float32Array<ArrayBuffer> {
  const width = format.bits / 8;
  const read = reader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), format);
  const samples = new Float32Array(Math.floor(bytes.length / (width * format.channels)));
  let at = 0;
  for (let i = 0; i < samples.length; i++) {
    let sum = 0;
    for (let channel = 0; channel < weights.length; channel++, at += width) {
      sum += weights[channel] * read(at);
    }
    samples[i] = sum;
  }
  return samples;
}

function reader(view: DataView, format: PcmFormat): (at: number) => number {
  const { encoding, bits, littleEndian: little } = format;
  if (encoding === "a-law") return (at) => A_LAW[view.getUint8(at)];
  if (encoding === "mu-law") return (at) => MU_LAW[view.getUint8(at)];
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
