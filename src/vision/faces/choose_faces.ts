import type { FaceDetection } from "../../../models/face_detector.ts";
import { faceSize } from "./face_size.ts";
import { type FaceTrack, followFaces } from "./follow_faces.ts";
import { median } from "./median.ts";

/** A face that comes before or after the judged one is judged, too, where it is this part as large. */
const LEAST_SIZE = 0.5;

/**
 * Whose face is judged: of each look the face, or undefined where it does not show. It is the largest one
 * that is followed over time: that whose areas add up to most over all looks. Before its first look and after
 * its last one the next largest are judged, since a cut may have moved it, but for those that are less
 * than half as large. Who is seen while it is followed is somebody else.
 *
 * @param looks The faces that each look found.
 *
 * @example
 * ```ts
 * import { chooseFaces } from "./choose_faces.ts";
 * import assert from "node:assert/strict";
 *
 * const face = (x: number, side: number, score: number) => (
 *   { x, y: 0, width: side, height: side, score }
 * );
 * const [small, large] = [face(0, 44, 0.99), face(200, 141, 0.7)];
 * assert.deepEqual(chooseFaces([[small, large], [small], [small, large]]), [large, undefined, large]);
 * ```
 */
export function chooseFaces(
  looks: readonly (readonly FaceDetection[])[],
): (FaceDetection | undefined)[] {
  const ranked = followFaces(looks)
    .map((track) => ({ track, sizes: track.map(({ face }) => faceSize(face)) }))
    .sort((a, b) => areas(b.sizes) - areas(a.sizes));
  const least = ranked.length > 0 ? LEAST_SIZE * median(ranked[0].sizes) : 0;
  const chosen: FaceTrack[] = [];
  for (const { track, sizes } of ranked) {
    if (median(sizes) >= least && chosen.every((other) => !overlap(track, other))) {
      chosen.push(track);
    }
  }
  const faces = new Array<FaceDetection | undefined>(looks.length).fill(undefined);
  for (const { look, face } of chosen.flat()) faces[look] = face;
  return faces;
}

/** Whether one begins before the other ends. */
function overlap(a: FaceTrack, b: FaceTrack): boolean {
  return a[0].look <= b.at(-1)!.look && b[0].look <= a.at(-1)!.look;
}

/** The sum of the areas of squares. */
function areas(sides: readonly number[]): number {
  return sides.reduce((total, side) => total + side * side, 0);
}
