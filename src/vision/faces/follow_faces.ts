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
 * Follows faces from look to look. Of all pairs of a known face and a found one the nearest are joined first. What is
 * near no face that was seen within the last looks begins a new track: so does every face after a cut.
 *
 * @example
 * ```ts
 * import { FaceFollower } from "./follow_faces.ts";
 * import assert from "node:assert/strict";
 *
 * const face = (x: number) => ({ x, y: 0, width: 50, height: 50, score: 0.9 });
 * const follower = new FaceFollower();
 * const [first] = follower.see(0, [face(0)]);
 * const [other, same] = follower.see(1, [face(200), face(5)]);
 * assert.equal(same, first);
 * assert.deepEqual([same.length, other.length], [2, 1]);
 * ```
 */
export class FaceFollower {
  /** The tracks that are followed, and in which of the looks each was seen last, however far these lie apart. */
  readonly #known = new Map<FollowedFace[], number>();
  #looks = 0;

  /**
   * Takes the faces that a look found.
   *
   * @param look Its number; looks come in their order, and some may be left out.
   * @returns The track of each of them, which ends with it.
   */
  see(look: number, faces: readonly FaceDetection[]): FaceTrack[] {
    this.#looks++;
    for (const [track, last] of this.#known) {
      if (last < this.#looks - 1 - PATIENCE) this.#known.delete(track);
    }
    const pairs = [...this.#known.keys()].flatMap((track) => {
      const last = facePlace(track.at(-1)!.face);
      return faces.map((face) => {
        const place = facePlace(face);
        const distance = placeDistance(last, place);
        return { track, face, distance, growth: sizeRatio(last, place) };
      });
    }).filter(({ distance, growth }) => distance < FARTHEST && growth < MOST_GROWTH)
      .sort((a, b) => a.distance - b.distance);
    const joined = new Map<FaceDetection, FollowedFace[]>();
    for (const { track, face } of pairs) {
      if (joined.has(face) || track.at(-1)!.look === look) continue;
      track.push({ look, face });
      joined.set(face, track);
    }
    return faces.map((face) => {
      const track = joined.get(face) ?? [{ look, face }];
      this.#known.set(track, this.#looks);
      return track;
    });
  }

  /** Whether a face was seen in the last look, or is still waited for. */
  isFollowed(track: FaceTrack): boolean {
    const last = this.#known.get(track as FollowedFace[]);
    return last !== undefined && last >= this.#looks - PATIENCE;
  }
}

/**
 * Follows the faces of a clip from look to look, as {@linkcode FaceFollower} does.
 *
 * @param looks The faces that each look found.
 * @returns The tracks, in the order in which they begin.
 */
export function followFaces(looks: readonly (readonly FaceDetection[])[]): FaceTrack[] {
  const follower = new FaceFollower();
  return [...new Set(looks.flatMap((faces, look) => follower.see(look, faces)))];
}
