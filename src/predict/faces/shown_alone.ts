import type { Box } from "../../../models/face_detector.ts";

/** What is around: neither dark nor bright. */
const GREY = 128;

/**
 * A frame of which nothing is seen but what lies in a box; all else is grey.
 *
 * @param frame RGB [height, width, 3].
 * @returns A frame of the same size.
 *
 * @example
 * ```ts
 * import { shownAlone } from "./shown_alone.ts";
 * import assert from "node:assert/strict";
 *
 * const white = new Uint8Array(1 * 4 * 3).fill(255);
 * const box = { x: 1, y: 0, width: 2, height: 1 };
 * const shown = shownAlone(white, { height: 1, width: 4 }, box);
 * assert.deepEqual([0, 1, 2, 3].map((x) => shown[3 * x]), [128, 255, 255, 128]);
 * ```
 */
export function shownAlone(
  frame: Uint8Array,
  { height, width }: { readonly height: number; readonly width: number },
  box: Box,
): Uint8Array<ArrayBuffer> {
  const shown = new Uint8Array(frame.length).fill(GREY);
  const [left, right] = [box.x, box.x + box.width].map((x) => inside(x, width));
  const [top, bottom] = [box.y, box.y + box.height].map((y) => inside(y, height));
  for (let y = top; y < bottom; y++) {
    const [from, to] = [left, right].map((x) => 3 * (y * width + x));
    shown.set(frame.subarray(from, to), from);
  }
  return shown;
}

/** A place to whole pixels, not beyond the edges. */
function inside(place: number, length: number): number {
  return Math.min(length, Math.max(0, Math.round(place)));
}
