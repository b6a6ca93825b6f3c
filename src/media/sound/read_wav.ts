import { channelWeights } from "./channel_weights.ts";
import { decodePcm } from "./decode_pcm.ts";
import type { WavHeader } from "./parse_wav.ts";
import { WaverCheck } from "./waver_check.ts";

/** Seconds of a .wav's samples, without compression, from the start: by default all. */
export function wavSeconds(
  { format, channels, sampleRate, data: [start, end] }: WavHeader,
): number {
  const frame = (format?.bits ?? 8) / 8 * channels;
  return Math.floor((end - start) / frame) / sampleRate;
}

/** The least difference of two samples where that is loud, as of 8-bit integers; else 0. */
export function wavStep({ format }: WavHeader): number {
  return format?.encoding === "integer" && format.bits === 8 ? 1 / 128 : 0;
}

/**
 * The whole sound of an uncompressed .wav file, mono; coarse samples that only waver are silence.
 *
 * @returns [samples], full scale -1 to 1
 * @throws {RangeError} If the file is compressed.
 */
export function readWholeWav(bytes: Uint8Array, header: WavHeader): Float32Array<ArrayBuffer> {
  const samples = readWav(bytes, header);
  const check = new WaverCheck(wavStep(header));
  check.push(samples);
  return check.wavers ? samples.fill(0) : samples;
}

/**
 * The samples of an uncompressed .wav file, mono, between two of its frames.
 *
 * @example
 * ```ts
 * import { parseWav } from "./parse_wav.ts";
 * import { readWav } from "./read_wav.ts";
 * import { encodeClip } from "../encode_clip.ts";
 * import assert from "node:assert/strict";
 *
 * const bytes = await encodeClip({ samples: Float32Array.of(0, 0.5, -0.25) }, "wav");
 * assert.deepEqual([...readWav(bytes, parseWav(bytes), 1)], [0.5, -0.25]);
 * ```
 *
 * @param bytes The file.
 * @param header Its header.
 * @param from The first frame.
 * @param to The frame after the last; by default the end.
 * @returns [to - from] samples, full scale -1 to 1
 * @throws {RangeError} If the file is compressed.
 */
export function readWav(
  bytes: Uint8Array,
  header: WavHeader,
  from = 0,
  to = Infinity,
): Float32Array<ArrayBuffer> {
  const { format, channels, speakers, data: [start, end] } = header;
  if (!format) throw new RangeError("the .wav is compressed");
  const frame = format.bits / 8 * channels;
  return decodePcm(
    bytes.subarray(Math.min(end, start + from * frame), Math.min(end, start + to * frame)),
    format,
    channelWeights(channels, speakers),
  );
}
