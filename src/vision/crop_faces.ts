import { checkFrames, type FrameShape } from "../../models/backbone.ts";
import type { Box, FaceDetection, FaceDetector } from "../../models/face_detector.ts";
import { resample } from "./resample.ts";

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
  const { size = 224, every = 10, margin = 0.2 } = options;
  if (!Number.isSafeInteger(every) || every < 1) {
    throw new RangeError(`every must be a positive integer, got ${every}`);
  }
  if (!(margin >= 0 && margin < Infinity)) {
    throw new RangeError(`margin must be 0 or more, got ${margin}`);
  }
  checkFrames(frames, shape);
  const { n, height, width } = shape;
  const length = height * width * 3;
  const faces: FaceDetection[] = [];
  let looked = 0;
  for (let i = 0; i < n; i += every, looked++) {
    const face = detector.detect(frames.subarray(i * length, (i + 1) * length), height, width);
    if (face !== undefined) faces.push(face);
  }
  const box = steadySquare(faces, height, width, margin);
  return { frames: resample(frames, shape, box, size), size, box, looked, found: faces.length };
}

function steadySquare(
  faces: readonly Box[],
  height: number,
  width: number,
  margin: number,
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
