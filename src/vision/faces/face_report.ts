import type { FaceDetection } from "../../../models/face_detector.ts";
import { faceSize } from "./face_size.ts";
import { median } from "./median.ts";

/** Who is seen beside the judged face counts if it is at least this part as large. */
const LEAST_SIZE = 0.25;

/** How often a clip's face was looked for, and what was seen. */
export interface FaceReport {
  /** How many frames were looked at. */
  readonly looks: number;
  /** In how many of them the judged face shows. */
  readonly found: number;
  /** In how many of them there is another face of at least a quarter of its size. */
  readonly several: number;
  /** In how many of them the judged face lies on its side or is upside down; undefined where that is not known. */
  readonly tilted?: number;
}

/**
 * Counts what looks saw. `faces` are those that each look found, `judged` the one of them whose face it is.
 */
export function reportFaces(
  faces: readonly (readonly FaceDetection[])[],
  judged: readonly (FaceDetection | undefined)[],
): Pick<FaceReport, "looks" | "found" | "several"> {
  const sizes = judged.filter((face) => face !== undefined).map(faceSize);
  const least = LEAST_SIZE * (sizes.length > 0 ? median(sizes) : 0);
  const others = (seen: readonly FaceDetection[], look: number) =>
    seen.filter((face) => face !== judged[look] && faceSize(face) >= least);
  return {
    looks: faces.length,
    found: sizes.length,
    several: faces.filter((seen, look) => others(seen, look).length > 0).length,
  };
}
