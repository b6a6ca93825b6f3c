// 2-D convolution (NHWC, any filter, stride and padding) as a matrix product: the patches of a block of output
// pixels are laid out as rows (im2col), already in the panels of the product, and multiplied by the filter.

import { multiplyPanels, panelRows, rowAddress } from "./panels";
import { biasOf, storeSome } from "./winograd";

/** Output pixels worked on at a time. */
const BLOCK: i32 = 48;

// @ts-ignore: decorator
@inline
function up(n: i32, to: i32): i32 {
  return (n + to - 1) & -to;
}

/** Bytes that a packed filter of `taps` = filterH filterW inC numbers an output takes. */
export function im2colFilterBytes(taps: i32, outC: i32): i32 {
  return (up(taps, 4) * up(outC, 8)) << 2;
}

/** Packs a filter [taps, outC] to panels [outC / 8][taps][8]. */
export function im2colFilter(w: usize, taps: i32, outC: i32, to: usize): void {
  memory.fill(to, 0, im2colFilterBytes(taps, outC));
  for (let k: i32 = 0; k < outC; k += 8) {
    const columns = <usize>min(8, outC - k) << 2;
    const panel = to + (<usize>k * up(taps, 4) << 2);
    for (let p: i32 = 0; p < taps; p++) {
      memory.copy(panel + (<usize>p << 5), w + ((<usize>p * outC + k) << 2), columns);
    }
  }
}

/** Bytes of scratch memory that a convolution needs. */
export function im2colScratchBytes(taps: i32, outC: i32): i32 {
  return ((BLOCK * (up(taps, 4) + up(outC, 8))) << 2) + 64;
}

/**
 * y [batch, outH, outW, outC] = the convolution of x with a packed filter, plus `bias` unless its
 * address is 0, held between `least` and `most`.
 */
export function im2colConv2d(
  x: usize, filter: usize, bias: usize, y: usize,
  batch: i32, inH: i32, inW: i32, inC: i32, outH: i32, outW: i32, outC: i32, fh: i32, fw: i32,
  strideY: i32, strideX: i32, padTop: i32, padLeft: i32, least: f32, most: f32, scratch: usize,
): void {
  const taps = up(fh * fw * inC, 4), kp = up(outC, 8);
  const temp = scratch, a = scratch + 64, c = a + (<usize>(BLOCK * taps) << 2);
  const low = f32x4.splat(least), high = f32x4.splat(most);
  const pixels = batch * outH * outW;
  for (let first: i32 = 0; first < pixels; first += BLOCK) {
    const count = min(BLOCK, pixels - first);
    const rows = panelRows(count);
    memory.fill(a, 0, <usize>(rows * taps) << 2);
    for (let r: i32 = 0; r < count; r++) {
      const pixel = first + r;
      const ox = pixel % outW, row = pixel / outW, oy = row % outH, frame = row / outH;
      const to = rowAddress(a, r, taps);
      const left = ox * strideX - padLeft;
      const from = max(0, -left), past = min(fw, inW - left);
      for (let fy: i32 = 0; fy < fh; fy++) {
        const iy = oy * strideY - padTop + fy;
        if (iy < 0 || iy >= inH || past <= from) continue;
        // The taps of one row of the filter lie one after the other in the picture too.
        let at = x + (<usize>((frame * inH + iy) * inW + left + from) * inC << 2);
        const last = (fy * fw + past) * inC;
        for (let p = (fy * fw + from) * inC; p < last; p++, at += 4) {
          store<f32>(to + (<usize>p << 4), load<f32>(at));
        }
      }
    }
    multiplyPanels(rows, kp, taps, a, filter, c, <usize>kp << 2);
    for (let r: i32 = 0; r < count; r++) {
      const from = c + (<usize>(r * kp) << 2);
      const to = y + (<usize>(first + r) * outC << 2);
      for (let k: i32 = 0; k < outC; k += 4) {
        const channels = min(4, outC - k);
        const sum = f32x4.add(v128.load(from + (k << 2)), biasOf(bias, k, channels, temp));
        const value = f32x4.min(f32x4.max(sum, low), high);
        if (channels == 4) v128.store(to + (k << 2), value);
        else storeSome(to + (k << 2), value, channels, temp);
      }
    }
  }
}
