import type { FaceDetection, FaceDetector } from "../../../models/face_detector.ts";

/** What finds the faces of a frame. */
export type FaceFinding = Pick<FaceDetector, "detect">;

/** Cells along the longer side of a picture. */
const CELLS = 16;

/** Pixels that a cell's mean is taken of: one in so many, in both directions. */
const STEP = 2;

/**
 * A picture has changed where the mean of a cell differs by more than this, of 255. In clips of RAVDESS a third or a
 * whole second later, faces in pictures that changed by less had moved by 4 % of their size at most (by 1 % in the
 * median), and grown by 9 %.
 */
const MOST_CHANGE = 24;

/**
 * A detector that looks only where the picture has changed since it last did: else the faces are those that it found
 * then. Changes add up until it looks, since what is compared is the picture of its last look.
 *
 * @param detector What looks.
 *
 * @example
 * ```ts
 * import { sparingDetector } from "./sparing_detector.ts";
 * import assert from "node:assert/strict";
 *
 * let looks = 0;
 * const { detect } = sparingDetector({ detect: () => (looks++, []) });
 * const [dark, bright] = [0, 200].map((value) => new Uint8Array(32 * 18 * 3).fill(value));
 * for (const frame of [dark, dark, bright]) detect(frame, 18, 32);
 * assert.equal(looks, 2);
 * ```
 */
export function sparingDetector(detector: FaceFinding): FaceFinding {
  let last: { cells: Float64Array; height: number; width: number; faces: FaceDetection[] };
  return {
    detect(frame, height, width) {
      const cells = cellMeans(frame, height, width);
      const same = last?.height === height && last.width === width &&
        cells.every((mean, i) => Math.abs(mean - last.cells[i]) <= MOST_CHANGE);
      if (!same) last = { cells, height, width, faces: detector.detect(frame, height, width) };
      return last.faces;
    },
  };
}

/** The mean of each cell of a picture [height, width, 3]. */
function cellMeans(frame: Uint8Array, height: number, width: number): Float64Array {
  const side = Math.ceil(Math.max(height, width) / CELLS);
  const columns = Math.ceil(width / side);
  const sums = new Float64Array(columns * Math.ceil(height / side));
  const counts = new Float64Array(sums.length);
  for (let y = 0; y < height; y += STEP) {
    const row = Math.floor(y / side) * columns;
    for (let x = 0; x < width; x += STEP) {
      const cell = row + Math.floor(x / side);
      const at = (y * width + x) * 3;
      sums[cell] += frame[at] + frame[at + 1] + frame[at + 2];
      counts[cell] += 3;
    }
  }
  // A cell at the edge may be so narrow that it holds none of the pixels.
  return sums.map((sum, cell) => counts[cell] > 0 ? sum / counts[cell] : 0);
}
