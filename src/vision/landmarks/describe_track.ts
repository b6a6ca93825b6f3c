import { type AlignedFace, alignFace } from "./align_face.ts";
import { describeFace, type HeadRest, LANDMARK_DESCRIPTORS } from "./describe_face.ts";
import { LANDMARKS, type LandmarkTrack } from "./landmark_track.ts";
import { resampleTrack } from "./resample_track.ts";
import { SYMMETRIC_SHAPE, symmetricShape } from "./symmetric_shape.ts";

/** What the frames of a clip show, at an even rate. */
export interface DescribedTrack {
  /** Number of frames. */
  readonly frames: number;
  /** The descriptors of each frame [frames, 21], see {@linkcode LANDMARK_DESCRIPTORS}. */
  readonly descriptors: Float32Array;
  /** The symmetric shape of each frame [frames, 78], see {@linkcode SYMMETRIC_SHAPE}. */
  readonly shapes: Float32Array;
}

/**
 * Aligns and describes every frame of a track at `fps` frames a second.
 *
 * @throws {RangeError} If the track has no frame or `fps` is not positive.
 */
export function describeTrack(track: LandmarkTrack, fps: number): DescribedTrack {
  const points = resampleTrack(track, fps);
  const width = LANDMARKS * 2;
  const frames = points.length / width;
  const faces = Array.from(
    { length: frames },
    (_, frame) => alignFace(points.subarray(frame * width, (frame + 1) * width)),
  );
  const rest = headRest(faces);
  const nDescriptors = LANDMARK_DESCRIPTORS.length;
  const nShape = SYMMETRIC_SHAPE.length;
  const descriptors = new Float32Array(frames * nDescriptors);
  const shapes = new Float32Array(frames * nShape);
  faces.forEach((face, i) => {
    describeFace(face, rest, descriptors.subarray(i * nDescriptors, (i + 1) * nDescriptors));
    symmetricShape(face, shapes.subarray(i * nShape, (i + 1) * nShape));
  });
  return { frames, descriptors, shapes };
}

/** Medians, which a few failed frames do not move. */
function headRest(faces: readonly AlignedFace[]): HeadRest {
  return {
    centre: [
      median(faces.map(({ centre }) => centre[0])),
      median(faces.map(({ centre }) => centre[1])),
    ],
    scale: median(faces.map(({ scale }) => scale)),
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
