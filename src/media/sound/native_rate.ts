import { findText } from "../container/find_text.ts";
import { isMp4, mp4Index } from "../container/mp4_index.ts";

/** Bytes at the start of a file in which its headers are looked for. */
const HEAD = 2 ** 20;

/** Sample rates of MPEG audio, in Hz, by version (2.5, -, 2, 1) and index. */
const MPEG_RATES = [
  [11025, 12000, 8000],
  [],
  [22050, 24000, 16000],
  [44100, 48000, 32000],
];

/** Rates of AAC in ADTS, in Hz, by index. */
const ADTS_RATES = [
  96000,
  88200,
  64000,
  48000,
  44100,
  32000,
  24000,
  22050,
  16000,
  12000,
  11025,
  8000,
  7350,
];

/**
 * The rate of the sound in a file, in Hz, as its header states it: for decoders that resample to whatever
 * rate they are told, such as a browser's, so that they need not. Knows FLAC, Ogg (Vorbis, Opus), MP4,
 * WebM and Matroska, MP3 and AAC; undefined for anything else.
 *
 * @example
 * ```ts
 * import { encodeClip } from "../encode_clip.ts";
 * import { nativeRate } from "./native_rate.ts";
 * import assert from "node:assert/strict";
 *
 * const sound = { samples: new Float32Array(800), sampleRate: 22050 };
 * assert.equal(nativeRate(await encodeClip(sound, "flac")), 22050);
 * assert.equal(nativeRate(await encodeClip(sound, "mp4")), 22050);
 * assert.equal(nativeRate(new Uint8Array(100)), undefined);
 * ```
 */
export function nativeRate(file: Uint8Array): number | undefined {
  const head = file.subarray(0, HEAD);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const text = (at: number, length = 4) => String.fromCharCode(...head.subarray(at, at + length));
  const start = text(0, 3) === "ID3" ? id3End(head) : 0;
  if (text(start) === "fLaC" && head.length >= start + 21) {
    // STREAMINFO: 20 bits of rate, 10 bytes into the first block.
    return view.getUint32(start + 18) >>> 12;
  }
  if (text(0) === "OggS") return oggRate(head, view);
  if (isMp4(file)) return mp4Rate(file);
  if (head.length > 4 && view.getUint32(0) === 0x1a45dfa3) return matroskaRate(head, view);
  return mpegRate(head, start);
}

function id3End(head: Uint8Array): number {
  // Seven bits a byte.
  const [a, b, c, d] = head.subarray(6, 10);
  return 10 + (a << 21) + (b << 14) + (c << 7) + d;
}

function oggRate(head: Uint8Array, view: DataView): number | undefined {
  const opus = findText(head, "OpusHead");
  // Opus is decoded at 48 kHz whatever was recorded.
  if (opus >= 0) return 48000;
  const vorbis = findText(head, "\x01vorbis");
  if (vorbis >= 0 && vorbis + 16 <= head.length) return view.getUint32(vorbis + 12, true);
  const flac = findText(head, "fLaC");
  return flac >= 0 && flac + 22 <= head.length ? view.getUint32(flac + 18) >>> 12 : undefined;
}

/** The rate of the first `mp4a`, `alac`, `Opus` or `fLaC` sample entry: 16.16 fixed point. */
function mp4Rate(file: Uint8Array): number | undefined {
  const index = mp4Index(file);
  if (!index) return undefined;
  const view = new DataView(index.buffer, index.byteOffset, index.byteLength);
  for (const name of ["mp4a", "alac", "Opus", "fLaC"]) {
    const entry = findText(index, name);
    if (entry < 0 || entry + 32 > index.length) continue;
    const rate = view.getUint16(entry + 28);
    if (rate > 0) return rate;
  }
  return undefined;
}

/** The first SamplingFrequency element (0xB5): a float of 4 or 8 bytes. */
function matroskaRate(head: Uint8Array, view: DataView): number | undefined {
  if (findText(head, "A_OPUS") >= 0) return 48000;
  for (let at = 0; at + 10 < head.length; at++) {
    if (head[at] !== 0xb5) continue;
    const rate = head[at + 1] === 0x84
      ? view.getFloat32(at + 2)
      : head[at + 1] === 0x88
      ? view.getFloat64(at + 2)
      : 0;
    if (Number.isInteger(rate) && rate >= 1000 && rate <= 768_000) return rate;
  }
  return undefined;
}

/** The rate in the header of the first frame of MP3, or of AAC in ADTS. */
function mpegRate(head: Uint8Array, start: number): number | undefined {
  for (let at = start; at + 4 < head.length && at < start + 4096; at++) {
    if (head[at] !== 0xff || (head[at + 1] & 0xe0) !== 0xe0) continue;
    const layer = (head[at + 1] >> 1) & 3;
    if (layer === 0 && (head[at + 1] & 0xf0) === 0xf0) return ADTS_RATES[(head[at + 2] >> 2) & 15];
    const rate = MPEG_RATES[(head[at + 1] >> 3) & 3][(head[at + 2] >> 2) & 3];
    if (layer !== 0 && rate !== undefined) return rate;
  }
  return undefined;
}
