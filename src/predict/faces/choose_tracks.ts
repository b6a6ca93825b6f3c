import { facePlace } from "../../vision/faces/face_size.ts";
import type { FaceTrack } from "../../vision/faces/follow_faces.ts";

/** A face that is followed over fewer looks says too little, or is none. */
export const LEAST_LOOKS = 4;

/**
 * The tracks of faces that are worth a prediction of their own: those that last, and of them at most `most` at any time,
 * the largest and longest first.
 *
 * @param tracks As {@linkcode followFaces} gives them.
 * @returns The chosen ones, in the order in which they begin.
 */
export function chooseTracks(tracks: readonly FaceTrack[], most: number): FaceTrack[] {
  const ranked = tracks.filter((track) => track.length >= LEAST_LOOKS)
    .sort((a, b) => weightOf(b) - weightOf(a));
  const chosen: FaceTrack[] = [];
  for (const track of ranked) {
    const [from, to] = span(track);
    const beside = chosen.filter((other) => {
      const [start, end] = span(other);
      return start <= to && from <= end;
    });
    const looks = Array.from({ length: to - from + 1 }, (_, i) => from + i);
    const crowded = looks.some((look) =>
      beside.filter((other) => span(other)[0] <= look && look <= span(other)[1]).length >= most
    );
    if (!crowded) chosen.push(track);
  }
  return chosen.sort((a, b) => a[0].look - b[0].look || middle(a) - middle(b));
}

/** Size times looks. */
function weightOf(track: FaceTrack): number {
  return track.reduce((sum, { face }) => sum + facePlace(face).size, 0);
}

function span(track: FaceTrack): [first: number, last: number] {
  return [track[0].look, track.at(-1)!.look];
}

/** Where a face first is, from left to right. */
function middle(track: FaceTrack): number {
  return facePlace(track[0].face).centre.x;
}
