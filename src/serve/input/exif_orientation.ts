import type { Orientation } from "./orientation.ts";

/** The tag, the type of a 16-bit number, and the bytes that an entry takes. */
const ORIENTATION = 0x0112, SHORT = 3, ENTRY = 12;

/**
 * The orientation that EXIF data states: a TIFF structure of either byte order, of which one entry of the
 * first directory is read (CIPA DC-008, 4.6.4). Undefined where it states none, or is broken: what is
 * wrong with remarks on a picture is no reason to refuse it.
 *
 * @example
 * ```ts
 * import { exifOrientation } from "./exif_orientation.ts";
 * import assert from "node:assert/strict";
 *
 * const header = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8];
 * const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0];
 * assert.equal(exifOrientation(new Uint8Array([...header, 0, 1, ...entry])), 6);
 * assert.equal(exifOrientation(new Uint8Array(header)), undefined);
 * ```
 */
export function exifOrientation(tiff: Uint8Array): Orientation | undefined {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const order = tiff.length < 8 ? undefined : view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return undefined;
  const little = order === 0x4949;
  if (view.getUint16(2, little) !== 42) return undefined;
  const start = view.getUint32(4, little);
  if (start + 2 > tiff.length) return undefined;
  const entries = view.getUint16(start, little);
  for (let i = 0; i < entries; i++) {
    const at = start + 2 + ENTRY * i;
    if (at + ENTRY > tiff.length) return undefined;
    if (view.getUint16(at, little) !== ORIENTATION) continue;
    if (view.getUint16(at + 2, little) !== SHORT) return undefined;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value as Orientation : undefined;
  }
  return undefined;
}
