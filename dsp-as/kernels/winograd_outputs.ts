// A^T m A: from the products at the points of Winograd's convolution to pixels.

import { outputFour, outputSix } from "./winograd_points";
import { pointsOf } from "./winograd_sizes";
import { regionOf } from "./winograd_tiles";

/** Bytes between rows of a tile that is transformed one way. */
const ROW: usize = 128;
/** Where in the temporary memory a finished row and a vector go. */
const RESULTS: usize = 6 * ROW;
const SPARE: usize = RESULTS + 96;

/** Bytes of temporary memory that transformOutputs() needs. */
export const OUTPUT_TEMP: usize = SPARE + 32;

/** The outputs of a convolution: bias at address 0 if there is none, limits between which they are held. */
// @ts-ignore: decorator
@unmanaged
export class Result {
  y: usize;
  height: i32;
  width: i32;
  channels: i32;
  bias: usize;
  least: f32;
  most: f32;
}

/**
 * Transforms tiles `first` to `first + count`, four channels at a time, with bias and limits, to the pixels that
 * exist: from `m`, [points][tiles][kp], with `mStep` bytes from point to point and `pointsAcross` points in a row.
 */
export function transformOutputs(
  result: Result, regions: usize, first: i32, count: i32,
  m: usize, mStep: usize, pointsAcross: i32, kp: i32, temp: usize,
): void {
  const outC = result.channels;
  const pixel = <usize>outC << 2, line = result.width * pixel;
  const low = f32x4.splat(result.least), most = f32x4.splat(result.most);
  const none = f32x4.splat(0);
  const mRow = pointsAcross * mStep;
  for (let t: i32 = 0; t < count; t++, m += <usize>kp << 2) {
    const region = regionOf(regions, first + (t & ~3));
    const index = first + t - region.start;
    if (first + t >= region.end) continue;
    const high = region.rows == 6, wide = region.columns == 6;
    const across = pointsOf(region.columns);
    const row = index / region.across, frame = row / region.down;
    const top = region.top + row % region.down * region.rows;
    const left = region.left + index % region.across * region.columns;
    const height = min(region.rows, result.height - top), width = min(region.columns, result.width - left);
    const corner = result.y + (<usize>(frame * result.height + top) * line + left * pixel);
    for (let k: i32 = 0; k < outC; k += 4) {
      let from = m + (<usize>k << 2);
      for (let j: i32 = 0; j < across; j++, from += mStep) {
        const at = temp + (j << 4);
        if (high) outputSix(from, mRow, at, ROW, false, none, none, none);
        else outputFour(from, mRow, at, ROW, false, none, none, none);
      }
      const channels = min(4, outC - k);
      const bias = biasOf(result.bias, k, channels, temp + SPARE);
      const whole = channels == 4 && width == region.columns;
      let to = corner + (<usize>k << 2);
      for (let i: i32 = 0; i < height; i++, to += line) {
        const at = whole ? to : temp + RESULTS;
        const step = whole ? pixel : 16;
        if (wide) outputSix(temp + i * ROW, 16, at, step, true, bias, low, most);
        else outputFour(temp + i * ROW, 16, at, step, true, bias, low, most);
        if (whole) continue;
        for (let j: i32 = 0; j < width; j++) {
          memory.copy(to + j * pixel, temp + RESULTS + (j << 4), <usize>channels << 2);
        }
      }
    }
  }
}

/** Four biases from `k` on; zero for those beyond the last, and where there are none. */
function biasOf(bias: usize, k: i32, channels: i32, spare: usize): v128 {
  if (bias == 0) return f32x4.splat(0);
  if (channels == 4) return v128.load(bias + (<usize>k << 2));
  v128.store(spare, f32x4.splat(0));
  memory.copy(spare, bias + (<usize>k << 2), <usize>channels << 2);
  return v128.load(spare);
}
