// 2-D convolution (NHWC, any filter, stride and padding) as a matrix product: the patches of a block of output
// pixels are laid out as rows (im2col), already in the panels of the product, and multiplied by the filter.

import { multiplyPanels, panelRows } from "./panels";
import { PATCH_BYTES, packPatches } from "./patches";

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
  return ((BLOCK * up(taps, 4) + (BLOCK + 1) * up(outC, 8)) << 2) + <i32>PATCH_BYTES;
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
  const row = <usize>kp << 2, pixel = <usize>outC << 2;
  const temp = scratch, biases = scratch + PATCH_BYTES;
  const a = biases + row, c = a + (<usize>(BLOCK * taps) << 2);
  const low = f32x4.splat(least), high = f32x4.splat(most);
  memory.fill(biases, 0, row);
  if (bias != 0) memory.copy(biases, bias, pixel);
  const pixels = batch * outH * outW;
  for (let first: i32 = 0; first < pixels; first += BLOCK) {
    const count = min(BLOCK, pixels - first);
    packPatches(
      a, x, first, count, taps, inH, inW, inC, outH, outW, fh, fw, strideY, strideX, padTop, padLeft, temp,
    );
    multiplyPanels(panelRows(count), kp, taps, a, filter, c, row, false);
    let from = c;
    for (let r: i32 = 0; r < count; r++, from += row, y += pixel) {
      let k: usize = 0;
      for (; k + 16 <= pixel; k += 16) {
        const sum = f32x4.add(v128.load(from + k), v128.load(biases + k));
        v128.store(y + k, f32x4.pmin(f32x4.pmax(sum, low), high));
      }
      for (; k < pixel; k += 4) {
        const sum = load<f32>(from + k) + load<f32>(biases + k);
        store<f32>(y + k, min<f32>(max<f32>(sum, least), most));
      }
    }
  }
}
