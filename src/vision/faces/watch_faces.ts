import type { Backbone, FrameShape } from "../../../models/backbone.ts";
import type { FaceDetection } from "../../../models/face_detector.ts";
import { chooseFaces } from "./choose_faces.ts";
import { type FaceLook, lookForFaces } from "./face_looks.ts";
import { type FaceReport, reportFaces } from "./face_report.ts";
import { seePostures } from "./see_postures.ts";
import type { FaceFinding } from "./sparing_detector.ts";

/** What looks for faces. */
export interface FaceEyes {
  /** Finds the faces of a frame. */
  readonly detector: FaceFinding;
  /** The backbone `landmarks`, where it is to be told how the face lies. */
  readonly mesh?: Backbone;
}

/** What was seen of the faces of a clip. */
export interface WatchedFaces {
  /** What the detector found at each moment that it looked. */
  readonly looks: readonly FaceLook[];
  /** The judged face of each look, undefined where it does not show. */
  readonly judged: readonly (FaceDetection | undefined)[];
  /** Their counts. */
  readonly report: FaceReport;
}

/**
 * Looks for faces in a clip, `frames` [n, height, width, 3], and tells whose is judged.
 *
 * @param fps Frames a second.
 * @param every Seconds between two looks.
 *
 * @throws {RangeError} If `fps` or `every` is not positive.
 */
export function watchFaces(
  { detector, mesh }: FaceEyes,
  frames: Uint8Array,
  shape: FrameShape,
  fps: number,
  every?: number,
): WatchedFaces {
  const looks = lookForFaces(detector, frames, shape, fps, every);
  const faces = looks.map((look) => look.faces);
  const judged = chooseFaces(faces);
  const postures = mesh && seePostures(mesh, frames, shape, fps, looks, judged);
  return { looks, judged, report: reportFaces({ faces, judged, postures }) };
}
