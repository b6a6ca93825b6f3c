import type { Box } from "../../../models/face_detector.ts";
import { facePlace, medianPlace, placeDistance, sizeRatio } from "./face_size.ts";

/** A face stays while it is nearer than this to where it was, as a part of its size. */
const FARTHEST = 0.5;

/** A face stays while it grows and shrinks by less than this. */
const MOST_GROWTH = 1.5;

/** Looks at which the judged face stays in one place. */
export interface Stay<Face extends Box> {
  /** Numbers of the looks that show it, increasing; never empty. */
  readonly looks: readonly number[];
  /** The face in each of them. */
  readonly faces: readonly Face[];
}

/**
 * Divides the looks of the judged face into stays: while it keeps near the median of where it was, one
 * square shows it. Where it is elsewhere, after a cut or since somebody walks, another stay begins.
 * Looks without the face divide nothing.
 */
export function splitStays<Face extends Box>(judged: readonly (Face | undefined)[]): Stay<Face>[] {
  const stays: { looks: number[]; faces: Face[] }[] = [];
  judged.forEach((face, look) => {
    if (face === undefined) return;
    const last = stays.at(-1);
    if (last && isNear(face, last.faces)) {
      last.looks.push(look);
      last.faces.push(face);
    } else stays.push({ looks: [look], faces: [face] });
  });
  return stays;
}

function isNear(face: Box, others: readonly Box[]): boolean {
  const [here, there] = [facePlace(face), medianPlace(others)];
  return placeDistance(here, there) < FARTHEST && sizeRatio(here, there) < MOST_GROWTH;
}
