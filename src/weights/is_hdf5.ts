/** The format signature (HDF5 file format specification, section II.A). */
const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Whether `bytes` begin as an HDF5 file does. A file with a user block, whose signature stands at byte
 * 512, 1024, 2048 and so on, counts too.
 *
 * @example
 * ```ts
 * import { isHdf5 } from "./is_hdf5.ts";
 * import assert from "node:assert/strict";
 *
 * assert.ok(isHdf5(Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a)));
 * assert.ok(!isHdf5(new TextEncoder().encode("conv1_1")));
 * ```
 */
export function isHdf5(bytes: Uint8Array): boolean {
  for (let at = 0; at + SIGNATURE.length <= bytes.length; at = Math.max(512, at * 2)) {
    if (SIGNATURE.every((byte, i) => bytes[at + i] === byte)) return true;
  }
  return false;
}
