import type { FaceDetection } from "../../../models/face_detector.ts";
import { facePlace, placeDistance, sizeRatio } from "./face_size.ts";

/** A face moves less than this from one look to the next, as a part of its size. */
const FARTHEST = 0.75;

/** A face grows or shrinks by less than this from one look to the next. */
const MOST_GROWTH = 2;

/** A face that was not seen for more looks than this is not waited for. */
const PATIENCE = 3;

/** One look's part of a track. */
export interface FollowedFace {
  /** Number of the look. */
  readonly look: number;
  /** The face that it found. */
  readonly face: FaceDetection;
}

/** A face that was followed over some looks, in their order; never empty. */
export type FaceTrack = readonly FollowedFace[];

/**
 * Follows the faces of a clip from look to look. Of all pairs of a known face and a found one the
 * nearest are joined first. What is near no face that was seen within the last looks begins a new track: so
 * does every face after a cut.
 *
 * @param looks The faces that each look found.
 * @returns The tracks, in the order in which they begin.
 */
export function followFaces(looks: readonly (readonly FaceDetection[])[]): FaceTrack[] {
  const tracks: FollowedFace[][] = [];
  looks.forEach((faces, look) => {
    const known = tracks.filter((track) => track.at(-1)!.look >= look - 1 - PATIENCE);
    const pairs = known.flatMap((track) => {
      const last = facePlace(track.at(-1)!.face);
      return faces.map((face) => {
        const place = facePlace(face);
        const distance = placeDistance(last, place);
        return { track, face, distance, growth: sizeRatio(last, place) };
      });
    }).filter(({ distance, growth }) => distance < FARTHEST && growth < MOST_GROWTH)
      .sort((a, b) => a.distance - b.distance);
    const joined = new Set<FaceDetection>();
    for (const { track, face } of pairs) {
      if (joined.has(face) || track.at(-1)!.look === look) continue;
      track.push({ look, face });
      joined.add(face);
    }
    tracks.push(...faces.filter((face) => !joined.has(face)).map((face) => [{ look, face }]));
  });
  return tracks;
}
