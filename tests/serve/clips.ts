import { encode as encodePng } from "fast-png";
import jpeg from "jpeg-js";

/** `count` samples of a 300 Hz tone at 8 kHz, its peak 0.5 where a quarter of the period is a sample. */
export function toneBytes(count: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(2 * count));
  for (let i = 0; i < count; i++) {
    view.setInt16(2 * i, 16384 * Math.sin((2 * Math.PI * 300 * i) / 8000), true);
  }
  return new Uint8Array(view.buffer);
}

/** What {@linkcode wavFile} writes into the header. */
export interface WavFields {
  readonly tag?: number;
  readonly channels?: number;
  readonly sampleRate?: number;
  readonly bits?: number;
  /** Bytes of samples that the header claims; those that are there by default. */
  readonly dataBytes?: number;
}

/** A .wav file around `data`. */
export function wavFile(
  data: Uint8Array<ArrayBuffer>,
  fields: WavFields = {},
): Uint8Array<ArrayBuffer> {
  const { tag = 1, channels = 1, sampleRate = 8000, bits = 16, dataBytes = data.length } = fields;
  const bytes = new Uint8Array(44 + data.length);
  const view = new DataView(bytes.buffer);
  const text = (at: number, value: string) => bytes.set(new TextEncoder().encode(value), at);
  text(0, "RIFF");
  view.setUint32(4, bytes.length - 8, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, tag, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * channels * bits / 8, true);
  view.setUint16(32, channels * bits / 8, true);
  view.setUint16(34, bits, true);
  text(36, "data");
  view.setUint32(40, dataBytes, true);
  bytes.set(data, 44);
  return bytes;
}

/** A 16 x 8 picture of one colour as JPEG. */
export function jpegFile(
  [r, g, b]: readonly number[] = [200, 100, 50],
  width = 16,
  height = 8,
): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(width * height * 4);
  for (let i = 0; i < data.length; i += 4) data.set([r, g, b, 255], i);
  return new Uint8Array(jpeg.encode({ data, width, height }, 95).data);
}

/** A 16 x 8 picture as PNG. */
export function pngFile(width = 16, height = 8, value = 200): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(width * height * 3).fill(value);
  return new Uint8Array(encodePng({ data, width, height, channels: 3, depth: 8 }));
}

/** A PNG of the chunks given, with right lengths and no checksums. */
export function pngOf(
  chunks: readonly (readonly [type: string, data: Uint8Array])[],
): Uint8Array<ArrayBuffer> {
  const parts: number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  const found = [new Uint8Array(parts)];
  for (const [type, data] of chunks) {
    const chunk = new Uint8Array(12 + data.length);
    new DataView(chunk.buffer).setUint32(0, data.length);
    chunk.set(new TextEncoder().encode(type), 4);
    chunk.set(data, 8);
    found.push(chunk);
  }
  const bytes = new Uint8Array(found.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of found) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The content of an IHDR chunk. */
export function ihdr(width: number, height: number, depth = 8, colour = 2, interlace = 0) {
  const data = new Uint8Array(13);
  const view = new DataView(data.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  data.set([depth, colour, 0, 0, interlace], 8);
  return data;
}

/** `bytes` as base64. */
export function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
