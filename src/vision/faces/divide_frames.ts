import type { FrameShape } from "../../../models/backbone.ts";
import { findCut } from "./find_cut.ts";
import type { Stay } from "./split_stays.ts";
import type { FaceDetection } from "../../../models/face_detector.ts";

/** Frames in a row that show the judged face in one place, or do not show it. */
export interface Stretch {
  /** The first frame. */
  readonly from: number;
  /** The frame after the last one. */
  readonly to: number;
  /** The stay that they belong to; undefined where the face does not show. */
  readonly stay: Stay<FaceDetection> | undefined;
}

/**
 * Divides all frames of a clip, `frames` [n, height, width, 3], by what the looks saw. Between two looks that
 * belong to different stays the frame with which the picture changes most divides them.
 *
 * @param looked The frame of each look, increasing from 0.
 * @param stays The stays of the judged face.
 */
export function divideFrames(
  frames: Uint8Array,
  shape: FrameShape,
  looked: readonly number[],
  stays: readonly Stay<FaceDetection>[],
): Stretch[] {
  const stayOf = looked.map((_, look) => stays.find(({ looks }) => looks.includes(look)));
  const stretches: Stretch[] = [];
  let from = 0;
  for (let look = 1; look <= looked.length; look++) {
    const stay = stayOf[look - 1];
    if (look < looked.length && stayOf[look] === stay) continue;
    const to = look < looked.length
      ? findCut(frames, shape, looked[look - 1], looked[look])
      : shape.n;
    stretches.push({ from, to, stay });
    from = to;
  }
  return stretches;
}
