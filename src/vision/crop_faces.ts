import { checkFrames, type FrameShape } from "../../models/backbone.ts";
import type { Box } from "../../models/face_detector.ts";
import { divideFrames } from "./faces/divide_frames.ts";
import type { FaceReport } from "./faces/face_report.ts";
import { LOOK_SECONDS } from "./faces/look_frames.ts";
import { nearestCounted } from "./faces/nearest_counted.ts";
import { splitStays } from "./faces/split_stays.ts";
import { FACE_MARGIN, steadySquare } from "./faces/steady_square.ts";
import { type FaceEyes, watchFaces } from "./faces/watch_faces.ts";
import { resample } from "./resample.ts";

/** Side of the crops, in pixels. */
export const CROP_SIZE = 224;

/** Settings of {@linkcode cropFaces}. */
export interface CropOptions {
  /**
   * Side of the square crops in pixels.
   *
   * @default {224}
   */
  readonly size?: number;
  /**
   * Seconds between two looks of the detector; the first is at the first frame.
   *
   * @default {1 / 3}
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
  /**
   * The square that each crop shows, in pixels of the frame [n]. It is the same for all frames between two
   * cuts; a frame that does not count has that of the frame that stands for it.
   */
  readonly boxes: readonly Box[];
  /** 1 for each frame that counts, 0 for those that do not show the judged face [n]. */
  readonly counts: Uint8Array<ArrayBuffer>;
  /** Side of a crop in pixels. */
  readonly size: number;
  /** What the looks saw. Where none found a face the boxes are the frame's centre square, and all frames count. */
  readonly report: FaceReport;
}

/** The crops of one clip. */
export interface FaceCrops extends CropInfo {
  /** The crops, RGB [n, size, size, 3]. */
  readonly frames: Uint8Array<ArrayBuffer>;
}

/**
 * Crops a clip, `frames` [n, height, width, 3] at `fps` frames a second, to the face that is judged: the
 * largest that is followed over time, see {@linkcode chooseFaces}. While it stays in one place one square
 * shows it, so that the picture does not tremble with the detector and the head's own movement stays
 * visible: the median, over the looks, of the face's centre and size, plus a margin, moved and if need be
 * shrunk to lie inside the frame. After a cut there is another square. A frame that does not show the face
 * does not count, and the crop of the nearest frame that does stands in its place.
 *
 * @throws {RangeError} If `frames` does not hold what `shape` says, or an option is out of range.
 */
export function cropFaces(
  eyes: FaceEyes,
  frames: Uint8Array,
  shape: FrameShape,
  fps: number,
  options: CropOptions = {},
): FaceCrops {
  const { size = CROP_SIZE, every = LOOK_SECONDS, margin = FACE_MARGIN } = options;
  if (!(margin >= 0 && margin < Infinity)) {
    throw new RangeError(`margin must be 0 or more, got ${margin}`);
  }
  checkFrames(frames, shape);
  const { looks, judged, report } = watchFaces(eyes, frames, shape, fps, every);
  const stays = splitStays(judged);
  const stretches = divideFrames(frames, shape, looks.map(({ frame }) => frame), stays);
  const counts = new Uint8Array(shape.n);
  const boxes = new Array<Box>(shape.n);
  const crops = new Uint8Array(shape.n * size * size * 3);
  const [frameLength, cropLength] = [shape.height * shape.width * 3, size * size * 3];
  for (const { from, to, stay } of stretches) {
    if (stay === undefined && stays.length > 0) continue;
    const box = steadySquare(stay?.faces ?? [], shape, margin);
    const part = frames.subarray(from * frameLength, to * frameLength);
    crops.set(resample(part, { ...shape, n: to - from }, box, size), from * cropLength);
    boxes.fill(box, from, to);
    counts.fill(1, from, to);
  }
  nearestCounted(counts).forEach((source, frame) => {
    if (source === frame) return;
    crops.copyWithin(frame * cropLength, source * cropLength, (source + 1) * cropLength);
    boxes[frame] = boxes[source];
  });
  return { frames: crops, size, boxes, counts, report };
}
