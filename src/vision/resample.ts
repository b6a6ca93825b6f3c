import type { FrameShape } from "../../models/backbone.ts";
import { checkFrames } from "../../models/backbone.ts";
import type { Box } from "../../models/face_detector.ts";

/** Which source pixels one output pixel is made of. */
interface Taps {
  readonly first: number;
  readonly weights: Float32Array;
}

/** Sides of a picture, in pixels. */
export interface PictureSize {
  /** Rows. */
  readonly height: number;
  /** Columns. */
  readonly width: number;
}

/**
 * Cuts `box` out of every RGB frame, `frames` [n, height, width, 3], and resizes it to `size`, the side
 * of a square or height and width in pixels: [n, size, size, 3]. The filter is a triangle whose base grows with the reduction, so that
 * enlarging is bilinear interpolation and reducing averages instead of skipping pixels (the "bilinear"
 * of Pillow). Pixel edges, not centres, are aligned. The box may lie between pixels.
 *
 * @example
 * ```ts
 * import { resample } from "./resample.ts";
 * import assert from "node:assert/strict";
 *
 * const frame = Uint8Array.of(0, 0, 0, 200, 200, 200, 100, 100, 100, 100, 100, 100);
 * const box = { x: 0, y: 0, width: 2, height: 2 };
 * assert.deepEqual(resample(frame, { n: 1, height: 2, width: 2 }, box, 2), frame);
 * assert.deepEqual(
 *   resample(frame, { n: 1, height: 2, width: 2 }, box, 1),
 *   Uint8Array.of(100, 100, 100),
 * );
 * ```
 *
 * @throws {RangeError} If `frames` does not hold what `shape` says, the box reaches beyond the frame or
 * is empty, or `size` is not of positive integers.
 */
export function resample(
  frames: Uint8Array,
  shape: FrameShape,
  box: Box,
  size: number | PictureSize,
): Uint8Array<ArrayBuffer> {
  checkFrames(frames, shape);
  const { n, height, width } = shape;
  const to = typeof size === "number" ? { height: size, width: size } : size;
  for (const side of [to.height, to.width]) {
    if (!Number.isSafeInteger(side) || side < 1) {
      throw new RangeError(`size must be a positive integer, got ${side}`);
    }
  }
  const { x, y, width: boxWidth, height: boxHeight } = box;
  if (
    !(boxWidth > 0 && boxHeight > 0 && x >= 0 && y >= 0) ||
    x + boxWidth > width + 1e-6 || y + boxHeight > height + 1e-6
  ) {
    throw new RangeError(
      `the box ${boxWidth} x ${boxHeight} at ${x}, ${y} does not lie in a frame of ${width} x ${height}`,
    );
  }
  const columns = taps(x, boxWidth, width, to.width);
  const rows = taps(y, boxHeight, height, to.height);
  const top = rows[0].first;
  const last = rows[to.height - 1];
  const band = new Float32Array((last.first + last.weights.length - top) * to.width * 3);
  const length = to.height * to.width * 3;
  const out = new Uint8Array(n * length);
  for (let i = 0; i < n; i++) {
    const frame = frames.subarray(i * height * width * 3, (i + 1) * height * width * 3);
    resizeRows(frame.subarray(top * width * 3), width, columns, band);
    resizeColumns(band, top, rows, out.subarray(i * length, (i + 1) * length));
  }
  return out;
}

/** Output pixel `i` is centred at `start + (i + 0.5) * extent / size`, in source pixels. */
function taps(start: number, extent: number, limit: number, size: number): Taps[] {
  const scale = extent / size;
  const reach = Math.max(scale, 1);
  return Array.from({ length: size }, (_, i) => {
    const centre = start + (i + 0.5) * scale;
    const first = Math.min(limit - 1, Math.max(0, Math.floor(centre - reach + 0.5)));
    const end = Math.max(first + 1, Math.min(limit, Math.floor(centre + reach + 0.5)));
    const weights = Float32Array.from(
      { length: end - first },
      (_, k) => Math.max(0, 1 - Math.abs((first + k + 0.5 - centre) / reach)),
    );
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}

function resizeRows(
  rows: Uint8Array,
  width: number,
  columns: readonly Taps[],
  band: Float32Array,
): void {
  const size = columns.length;
  const count = band.length / (size * 3);
  for (let y = 0, to = 0; y < count; y++) {
    for (const { first, weights } of columns) {
      let red = 0, green = 0, blue = 0;
      for (let k = 0, at = (y * width + first) * 3; k < weights.length; k++, at += 3) {
        red += weights[k] * rows[at];
        green += weights[k] * rows[at + 1];
        blue += weights[k] * rows[at + 2];
      }
      band[to++] = red;
      band[to++] = green;
      band[to++] = blue;
    }
  }
}

function resizeColumns(
  band: Float32Array,
  top: number,
  rows: readonly Taps[],
  out: Uint8Array,
): void {
  const length = out.length / rows.length;
  rows.forEach(({ first, weights }, y) => {
    for (let x = 0; x < length; x++) {
      let sum = 0;
      for (let k = 0, at = (first - top) * length + x; k < weights.length; k++, at += length) {
        sum += weights[k] * band[at];
      }
      out[y * length + x] = Math.round(sum);
    }
  });
}
