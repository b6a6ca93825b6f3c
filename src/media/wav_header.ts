/**
 * How many bytes a .wav file ought to have, as its header claims; undefined if `head`, the first 16
 * bytes, is not a .wav header or leaves the size open, as programs do that write into a pipe.
 *
 * @example
 * ```ts
 * import { claimedWavBytes } from "./wav_header.ts";
 * import assert from "node:assert/strict";
 *
 * const head = new TextEncoder().encode("RIFF\x24\x01\x00\x00WAVEfmt ");
 * assert.equal(claimedWavBytes(head), 0x124 + 8);
 * ```
 */
export function claimedWavBytes(head: Uint8Array): number | undefined {
  const text = String.fromCharCode(...head.subarray(0, 12));
  if (!/^RIFF....WAVE$/s.test(text)) return undefined;
  const size = new DataView(head.buffer, head.byteOffset).getUint32(4, true);
  return size === 0 || size === 0xffffffff ? undefined : size + 8;
}
