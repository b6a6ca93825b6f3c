import { checkFrames, type FrameShape } from "../../models/backbone.ts";
import type { Box, FaceDetection, FaceDetector } from "../../models/face_detector.ts";
import { resample } from "./resample.ts";

/** Side of the crops, in pixels. */
export const CROP_SIZE = 224;

/** Every how many frames the detector looks. */
export const DETECT_EVERY = 10;

/** What is added to a face on each side, as a part of its size. */
const FACE_MARGIN = 0.2;

/** Settings of {@linkcode cropFaces}. */
export interface CropOptions {
  /**
   * Side of the square crops in pixels.
   *
   * @default {224}
   */
  readonly size?: number;
  /**
   * The detector looks at the first frame and at every `every`-th one after it.
   *
   * @default {10}
   */
  readonly every?: number;
  /**
   * What is added to the face's box on each side, as a part of its length. The detector's box ends at
   * the brow and the chin; face networks are trained on pictures that show hair and ears.
   *
   * @default {0.2}
   */
  readonly margin?: number;
}

/** What {@linkcode cropFaces} cut out, without the pixels. */
export interface CropInfo {
  /** The square that was cut out of every frame, in pixels of the frame. */
  readonly box: Box;
  /** Side of a crop in pixels. */
  readonly size: number;
  /** How many frames the detector looked at. */
  readonly looked: number;
  /** In how many of them it found a face. With 0 the box is the frame's centre square. */
  readonly found: number;
}

/** The crops of one clip. */
export interface FaceCrops extends CropInfo {
  /** The crops, RGB [n, size, size, 3]. */
  readonly frames: Uint8Array<ArrayBuffer>;
}

/**
 * Crops a clip, `frames` [n, height, width, 3], to the face in it: one square for the whole clip, so
 * that the picture does not tremble with the detector and the head's own movement stays visible. The
 * square is the median, over the frames looked at, of the face's centre and size, plus a margin, moved
 * and if need be shrunk to lie inside the frame. Where no face is found it is the centre square.
 *
 * @throws {RangeError} If `frames` does not hold what `shape` says, or an option is out of range.
 */
export function cropFaces(
  detector: FaceDetector,
  frames: Uint8Array,
  shape: FrameShape,
  options: CropOptions = {},
): FaceCrops {
  const { size = CROP_SIZE, every = DETECT_EVERY, margin = FACE_MARGIN } = options;
  if (!Number.isSafeInteger(every) || every < 1) {
    throw new RangeError(`every must be a positive integer, got ${every}`);
  }
  if (!(margin >= 0 && margin < Infinity)) {
    throw new RangeError(`margin must be 0 or more, got ${margin}`);
  }
  checkFrames(frames, shape);
  const { n } = shape;
  const faces: FaceDetection[] = [];
  let looked = 0;
  for (let i = 0; i < n; i += every, looked++) {
    const face = detectFace(detector, frames, shape, i);
    if (face !== undefined) faces.push(face);
  }
  const box = steadySquare(faces, shape, margin);
  return { frames: resample(frames, shape, box, size), size, box, looked, found: faces.length };
}

/** The face of frame `i` of `frames` [n, height, width, 3], if one is found. */
export function detectFace(
  detector: FaceDetector,
  frames: Uint8Array,
  { height, width }: FrameShape,
  i: number,
): FaceDetection | undefined {
  const length = height * width * 3;
  return detector.detect(frames.subarray(i * length, (i + 1) * length), height, width);
}

/**
 * One square for some frames of a clip: the median of their faces' centres and sizes, plus a `margin`
 * as a part of the size on each side, moved and if need be shrunk to lie inside the frame. Without a
 * face it is the centre square.
 */
export function steadySquare(
  faces: readonly Box[],
  { height, width }: Pick<FrameShape, "height" | "width">,
  margin: number = FACE_MARGIN,
): Box {
  const largest = Math.min(height, width);
  if (faces.length === 0) {
    return {
      x: (width - largest) / 2,
      y: (height - largest) / 2,
      width: largest,
      height: largest,
    };
  }
  const face = median(faces.map((box) => Math.max(box.width, box.height)));
  const side = Math.min(largest, Math.max(1, face * (1 + 2 * margin)));
  const place = (centre: number, limit: number) =>
    Math.min(limit - side, Math.max(0, centre - side / 2));
  return {
    x: place(median(faces.map((box) => box.x + box.width / 2)), width),
    y: place(median(faces.map((box) => box.y + box.height / 2)), height),
    width: side,
    height: side,
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
