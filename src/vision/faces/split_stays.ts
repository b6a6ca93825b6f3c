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
 * A single look that saw it elsewhere, between others that saw it stay, is a slip of the detector. Looks
 * without the face divide nothing.
 */
export function splitStays<Face extends Box>(judged: readonly (Face | undefined)[]): Stay<Face>[] {
  const stays: Stay<Face>[] = [];
  judged.forEach((face, look) => {
    if (face === undefined) return;
    const [before, last] = [stays.at(-2), stays.at(-1)];
    if (last && staysIn(face, last)) stays[stays.length - 1] = joined(last, [look], [face]);
    else if (before && last!.looks.length === 1 && staysIn(face, before)) {
      stays.pop();
      stays[stays.length - 1] = joined(
        before,
        [...last!.looks, look],
        [...last!.faces, face],
      );
    } else stays.push({ looks: [look], faces: [face] });
  });
  return stays;
}

function staysIn(face: Box, { faces }: Stay<Box>): boolean {
  return hasStayed(facePlace(face), medianPlace(faces));
}

function joined<Face extends Box>(
  stay: Stay<Face>,
  looks: readonly number[],
  faces: readonly Face[],
): Stay<Face> {
  return { looks: [...stay.looks, ...looks], faces: [...stay.faces, ...faces] };
}
