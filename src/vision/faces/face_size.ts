import type { Box } from "../../../models/face_detector.ts";
import { median } from "./median.ts";

/** Where a face is and how large it is, in pixels. */
export interface FacePlace {
  /** The middle of its box. */
  readonly centre: { readonly x: number; readonly y: number };
  /** The longer side of its box. */
  readonly size: number;
}

/** A face stays while its middle is nearer than this to where it was, as a part of its size. */
const FARTHEST = 0.5;

/** A face stays while it grows and shrinks by less than this. */
const MOST_GROWTH = 1.5;

/** How large a face is: the longer side of its box, in pixels. */
export function faceSize({ width, height }: Box): number {
  return Math.max(width, height);
}

/** Where a face is. */
export function facePlace(face: Box): FacePlace {
  const { x, y, width, height } = face;
  return { centre: { x: x + width / 2, y: y + height / 2 }, size: faceSize(face) };
}

/** The median place of some faces: a few that the detector misplaced do not move it. */
export function medianPlace(faces: readonly Box[]): FacePlace {
  const places = faces.map(facePlace);
  return {
    centre: {
      x: median(places.map(({ centre }) => centre.x)),
      y: median(places.map(({ centre }) => centre.y)),
    },
    size: median(places.map(({ size }) => size)),
  };
}

/** How far two places are apart, as a part of their mean size. */
export function placeDistance(a: FacePlace, b: FacePlace): number {
  return 2 * Math.hypot(a.centre.x - b.centre.x, a.centre.y - b.centre.y) / (a.size + b.size);
}

/** How many times as large as the smaller of two the larger one is. */
export function sizeRatio(a: FacePlace, b: FacePlace): number {
  return Math.max(a.size, b.size) / Math.min(a.size, b.size);
}

/** Whether a face that was at one place and is at another has stayed, so that one square shows both. */
export function hasStayed(a: FacePlace, b: FacePlace): boolean {
  return placeDistance(a, b) < FARTHEST && sizeRatio(a, b) < MOST_GROWTH;
}
