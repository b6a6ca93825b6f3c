import type { FaceDetection } from "../../../models/face_detector.ts";
import { faceSize } from "./face_size.ts";
import { median } from "./median.ts";
import type { Posture } from "./posture.ts";

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
  /**
   * In how many of them the judged face lies on its side or is upside down. Undefined, as `doubtful`, where
   * there is no face mesh to tell.
   */
  readonly tilted?: number;
  /** In how many of them what was taken for a face hardly looks like one, as that of an animal does. */
  readonly doubtful?: number;
}

/** What is known of a clip's looks, one entry a look each. */
export interface SeenLooks {
  /** The faces that it found. */
  readonly faces: readonly (readonly FaceDetection[])[];
  /** The one of them that is judged. */
  readonly judged: readonly (FaceDetection | undefined)[];
  /** How that one lies, where there is a face mesh to tell. */
  readonly postures?: readonly (Posture | undefined)[];
}

/** Counts what looks saw. */
export function reportFaces({ faces, judged, postures }: SeenLooks): FaceReport {
  const sizes = judged.filter((face) => face !== undefined).map(faceSize);
  const least = LEAST_SIZE * (sizes.length > 0 ? median(sizes) : 0);
  const others = (seen: readonly FaceDetection[], look: number) =>
    seen.filter((face) => face !== judged[look] && faceSize(face) >= least);
  const count = (posture: Posture) => postures!.filter((one) => one === posture).length;
  return {
    looks: faces.length,
    found: sizes.length,
    several: faces.filter((seen, look) => others(seen, look).length > 0).length,
    ...(postures ? { tilted: count("tilted"), doubtful: count("doubtful") } : {}),
  };
}
