import type { Box } from "../../../models/face_detector.ts";
import { medianPlace } from "./face_size.ts";

/** What is added to a face on each side, as a part of its size. */
export const FACE_MARGIN = 0.2;

/**
 * One square for the faces of some looks: the median of their centres and sizes, plus a `margin` as a part
 * of the size on each side, moved and if need be shrunk to lie inside a frame of `height` x `width` pixels.
 * Without a face it is the centre square.
 *
 * @example
 * ```ts
 * import { steadySquare } from "./steady_square.ts";
 * import assert from "node:assert/strict";
 *
 * const faces = [40, 44, 90].map((x) => ({ x, y: 20, width: 20, height: 20 }));
 * const square = steadySquare(faces, { height: 100, width: 160 }, 0.25);
 * assert.deepEqual(square, { x: 39, y: 15, width: 30, height: 30 });
 * ```
 */
export function steadySquare(
  faces: readonly Box[],
  { height, width }: { readonly height: number; readonly width: number },
  margin: number = FACE_MARGIN,
): Box {
  const largest = Math.min(height, width);
  if (faces.length === 0) {
    return {
      x: (width - largest) / 2,
      y: (height - largest) / 2,
      width: largest,
      height: largest,
    };
  }
  const { centre, size } = medianPlace(faces);
  const side = Math.min(largest, Math.max(1, size * (1 + 2 * margin)));
  const place = (middle: number, limit: number) =>
    Math.min(limit - side, Math.max(0, middle - side / 2));
  return { x: place(centre.x, width), y: place(centre.y, height), width: side, height: side };
}
