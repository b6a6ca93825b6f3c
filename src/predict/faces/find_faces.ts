import type { FaceDetection } from "../../../models/face_detector.ts";
import type { Decoder } from "../../media/decoder.ts";
import { type FaceTrack, followFaces } from "../../vision/faces/follow_faces.ts";
import type { FaceFinding } from "../../vision/faces/sparing_detector.ts";
import type { ReadingPlan } from "../plan_reading.ts";
import { chooseTracks } from "./choose_tracks.ts";

/** Looks a second at which faces are followed: slow enough to be cheap, fast enough for heads that move. */
export const LOOKS = 4;

/** How faces are found. */
export interface FaceFinder {
  /** Finds the faces of a frame. */
  readonly detector: FaceFinding;
  /** How many are followed at a time, the largest first; `Infinity` for all. */
  readonly most: number;
}

/**
 * Follows the faces of a film, {@linkcode LOOKS} looks a second, and gives the tracks of those that last. Frames are
 * looked at while they are decoded and are not kept.
 *
 * @throws {MediaError} If the film cannot be decoded.
 */
export async function findFaces(
  decoder: Pick<Decoder, "decode">,
  { detector, most }: FaceFinder,
  { path, picture, most: seconds }: ReadingPlan,
): Promise<FaceTrack[]> {
  if (!picture) return [];
  const looks: FaceDetection[][] = [];
  const { width, height } = picture;
  await decoder.decode(path, {
    ...picture,
    fps: LOOKS,
    seconds,
    sound: false,
    onFrames(frames, count) {
      const length = frames.length / count;
      for (let at = 0; at < frames.length; at += length) {
        looks.push(detector.detect(frames.subarray(at, at + length), height, width));
      }
    },
  });
  return chooseTracks(followFaces(looks), most);
}
