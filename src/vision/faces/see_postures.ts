import type { Backbone, FrameShape } from "../../../models/backbone.ts";
import type { FaceDetection } from "../../../models/face_detector.ts";
import type { FaceLook } from "./face_looks.ts";
import type { Posture } from "./posture.ts";
import { PostureWatch } from "./posture_watch.ts";

/**
 * How the judged face of each look lies, in a clip `frames` [n, height, width, 3]; undefined for looks that do
 * not show it.
 *
 * @param mesh The backbone `landmarks`.
 * @param fps Frames a second.
 * @param looks The looks.
 * @param judged The judged face of each of them.
 */
export function seePostures(
  mesh: Backbone,
  frames: Uint8Array,
  shape: FrameShape,
  fps: number,
  looks: readonly FaceLook[],
  judged: readonly (FaceDetection | undefined)[],
): (Posture | undefined)[] {
  const watch = new PostureWatch(mesh);
  const length = shape.height * shape.width * 3;
  return looks.map(({ frame }, look) => {
    const face = judged[look];
    const pixels = frames.subarray(frame * length, (frame + 1) * length);
    return face && watch.see(frame / fps, pixels, shape, face);
  });
}
