/** How a stored picture is turned to be shown: transposed first, then mirrored. */
export interface Orientation {
  /** Whether rows become columns. */
  readonly transposed: boolean;
  /** Whether left and right are then swapped. */
  readonly mirroredX: boolean;
  /** Whether top and bottom are then swapped. */
  readonly mirroredY: boolean;
}

/** The orientation of a picture that is stored as it is shown. */
export const UPRIGHT: Orientation = { transposed: false, mirroredX: false, mirroredY: false };

/** Pixels wider or higher than this are taken for an error of whoever wrote the file. */
const MOST_ASPECT = 10;

/**
 * Reads a display matrix (ISO 14496-12, 6.2.2) in ffprobe's words. It takes a pixel (x, y) to
 * (a x + c y, b x + d y); what is not a multiple of 90 degrees is taken for the nearest one.
 *
 * @example
 * ```ts
 * import { parseDisplayMatrix } from "./display.ts";
 * import assert from "node:assert/strict";
 *
 * // A quarter turn clockwise: phones held upright write it.
 * const matrix = "\n00000000:            0       65536           0\n" +
 *   "00000001:       -65536           0           0\n00000002:   0   0  1073741824\n";
 * assert.deepEqual(parseDisplayMatrix(matrix), {
 *   transposed: true,
 *   mirroredX: true,
 *   mirroredY: false,
 * });
 * ```
 */
export function parseDisplayMatrix(text: string): Orientation {
  const rows = Array.from(text.matchAll(/^\d+:\s+(-?\d+)\s+(-?\d+)\s+-?\d+/gm));
  if (rows.length < 2) return UPRIGHT;
  const [[a, b], [c, d]] = rows.map(([, x, y]) => [Number(x), Number(y)]);
  const transposed = Math.abs(b) + Math.abs(c) > Math.abs(a) + Math.abs(d);
  return transposed
    ? { transposed, mirroredX: c < 0, mirroredY: b < 0 }
    : { transposed, mirroredX: a < 0, mirroredY: d < 0 };
}

/**
 * The size at which a stored picture is shown: its pixels made square, without losing any, and turned.
 *
 * @example
 * ```ts
 * import { displayedSize, UPRIGHT } from "./display.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(displayedSize(720, 576, 16 / 15, UPRIGHT), { width: 768, height: 576 });
 * ```
 *
 * @param aspect Width of a pixel over its height; 0 where the file does not say it.
 */
export function displayedSize(
  width: number,
  height: number,
  aspect: number,
  { transposed }: Orientation,
): { width: number; height: number } {
  const known = aspect >= 1 / MOST_ASPECT && aspect <= MOST_ASPECT ? aspect : 1;
  const wide = Math.round(width * Math.max(1, known));
  const high = Math.round(height / Math.min(1, known));
  return transposed ? { width: high, height: wide } : { width: wide, height: high };
}

/** ffmpeg's filters that make a stored picture one of `width` x `height` as it is shown. */
export function displayFilters(
  { transposed, mirroredX, mirroredY }: Orientation,
  { width, height }: { readonly width: number; readonly height: number },
  scaleFlags: string,
): string[] {
  const [stored, other] = transposed ? [height, width] : [width, height];
  return [
    `scale=${stored}:${other}:flags=${scaleFlags}`,
    "format=rgb24",
    // Direction 0 is "by 90 degrees counterclockwise and flip": rows become columns.
    ...(transposed ? ["transpose=0"] : []),
    ...(mirroredX ? ["hflip"] : []),
    ...(mirroredY ? ["vflip"] : []),
  ];
}
