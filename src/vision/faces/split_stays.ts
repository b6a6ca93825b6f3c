import type { Box } from "../../../models/face_detector.ts";
import { facePlace, hasStayed, medianPlace } from "./face_size.ts";

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
    if (last && hasStayed(facePlace(face), medianPlace(last.faces))) {
      last.looks.push(look);
      last.faces.push(face);
    } else stays.push({ looks: [look], faces: [face] });
  });
  return stays;
}
