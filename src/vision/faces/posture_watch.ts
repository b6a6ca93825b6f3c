import type { Backbone, FrameShape } from "../../../models/backbone.ts";
import type { Box } from "../../../models/face_detector.ts";
import { facePlace, hasStayed } from "./face_size.ts";
import { facePosture, type Posture } from "./posture.ts";

/** A posture stands for so long, in seconds, while the face stays where it is: four networks a look cost time. */
const STANDS = 0.99;

/** Follows how a face lies: once a second, and wherever it is elsewhere, it is looked at anew. */
export class PostureWatch {
  readonly #mesh: Backbone;
  #last: { readonly time: number; readonly face: Box; readonly posture: Posture } | undefined;

  /** Tells postures by `mesh`, the backbone `landmarks`. */
  constructor(mesh: Backbone) {
    this.#mesh = mesh;
  }

  /** How the face lies that is seen at `time`, in seconds, in a frame [height, width, 3]; times increase. */
  see(
    time: number,
    frame: Uint8Array,
    shape: Pick<FrameShape, "height" | "width">,
    face: Box,
  ): Posture {
    const last = this.#last;
    const still = last && time < last.time + STANDS &&
      hasStayed(facePlace(face), facePlace(last.face));
    if (still) return last.posture;
    const posture = facePosture(this.#mesh, frame, shape, face);
    this.#last = { time, face, posture };
    return posture;
  }
}
