import type { FrameShape } from "../../../models/backbone.ts";
import type { FaceDetection } from "../../../models/face_detector.ts";
import { lookFrames } from "./look_frames.ts";
import type { FaceFinding } from "./sparing_detector.ts";

/** What one look at a clip found. */
export interface FaceLook {
  /** The frame that was looked at. */
  readonly frame: number;
  /** Its faces, the best-scored first. */
  readonly faces: readonly FaceDetection[];
}

/**
 * Looks for faces in a clip, `frames` [n, height, width, 3], every `every` seconds.
 *
 * @throws {RangeError} If `fps` or `every` is not positive.
 */
export function lookForFaces(
  detector: FaceFinding,
  frames: Uint8Array,
  { n, height, width }: FrameShape,
  fps: number,
  every?: number,
): FaceLook[] {
  const length = height * width * 3;
  return lookFrames(n, fps, every).map((frame) => ({
    frame,
    faces: detector.detect(frames.subarray(frame * length, (frame + 1) * length), height, width),
  }));
}
