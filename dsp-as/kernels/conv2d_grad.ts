// The two gradients of a 2-D convolution (NHWC input, HWIO filter, any stride and padding). A 1-D
// convolution is the case of height 1.

import { packEights } from "./pack";
import { multiplyPanels } from "./panels";
import { packPatchColumns, paddedRun } from "./patches";
import { sgemm } from "./sgemm";

/** Output pixels whose patches are laid out at a time; no power of two, lest the panels compete for the same cache lines. */
const PIXELS: i32 = 132;

// @ts-ignore: decorator
@inline
function up(n: i32, to: i32): i32 {
  return (n + to - 1) & -to;
}

/** Bytes of scratch memory that conv2dFilterGradient() needs. */
export function conv2dFilterGradientScratchBytes(inC: i32, outC: i32, fh: i32, fw: i32): i32 {
  const taps = fh * paddedRun(fw, inC), columns = up(outC, 8);
  return ((taps + columns) * PIXELS + taps * columns) << 2;
}

/**
 * dW[fh, fw, inC, outC] = sum over outputs of (input patch)^T dy: for a block of output pixels, the patches
 * are laid out as columns (im2col), already in the panels of the product, and multiplied by dy.
 */
export function conv2dFilterGradient(
  x: usize, dy: usize, dw: usize,
  batch: i32, inH: i32, inW: i32, inC: i32, outH: i32, outW: i32, outC: i32, fh: i32, fw: i32,
  strideY: i32, strideX: i32, padTop: i32, padLeft: i32, scratch: usize,
): void {
  const run = fw * inC, padded = paddedRun(fw, inC), taps = fh * padded, columns = up(outC, 8);
  const patches = scratch;
  const gradients = patches + (<usize>(taps * PIXELS) << 2);
  const sums = gradients + (<usize>(columns * PIXELS) << 2);
  const sumBytes = <usize>columns << 2, line = <usize>outC << 2;
  memory.fill(sums, 0, taps * sumBytes);
  const pixels = batch * outH * outW;
  for (let first: i32 = 0; first < pixels; first += PIXELS) {
    const count = min(PIXELS, pixels - first);
    packPatchColumns(
      patches, x, first, count, inH, inW, inC, outH, outW, fh, fw, strideY, strideX, padTop, padLeft,
    );
    packEights(gradients, dy + <usize>first * line, count, outC, outC, 1);
    multiplyPanels(taps, columns, count, patches, gradients, sums, sumBytes, true);
  }
  for (let fy: i32 = 0; fy < fh; fy++) {
    let from = sums + <usize>(fy * padded) * sumBytes;
    for (let p: i32 = 0; p < run; p++, from += sumBytes, dw += line) memory.copy(dw, from, line);
  }
}

/**
 * The filter by which the gradient of a convolution with stride 1 is a convolution itself: turned by half a
 * circle, inputs and outputs exchanged. `to` [fh, fw, outC, inC].
 */
export function turnFilter(w: usize, inC: i32, outC: i32, fh: i32, fw: i32, to: usize): void {
  const line = <usize>outC << 2;
  for (let tap = fh * fw - 1; tap >= 0; tap--) {
    const from = w + <usize>(tap * inC) * line;
    for (let k: i32 = 0; k < outC; k++) {
      let at = from + (<usize>k << 2);
      for (let c: i32 = 0; c < inC; c++, at += line, to += 4) store<f32>(to, load<f32>(at));
    }
  }
}

/**
 * dx[batch, inH, inW, inC] = sum over outputs of dy W^T, laid back over the patches: for any stride. For
 * one sample n, output row oy and filter row fy, the input row iy = oy strideY - padTop + fy is fixed; the
 * patches of neighbouring outputs lie strideX inC numbers apart in it, and the fw taps of a patch are
 * contiguous, so that one product serves them all. Where padding cuts taps off, each tap has its own product over the
 * outputs that it reaches.
 */
export function conv2dInputGradient(
  dx: usize, dy: usize, w: usize,
  batch: i32, inH: i32, inW: i32, inC: i32, outH: i32, outW: i32, outC: i32, fh: i32, fw: i32,
  strideY: i32, strideX: i32, padTop: i32, padLeft: i32, scratch: usize,
): void {
  memory.fill(dx, 0, <usize>(batch * inH * inW) * inC << 2);
  const whole = padLeft == 0 && (outW - 1) * strideX + fw <= inW;
  for (let n: i32 = 0; n < batch; n++) {
    for (let oy: i32 = 0; oy < outH; oy++) {
      const dyRow = dy + (<usize>((n * outH + oy) * outW) * outC << 2);
      for (let fy: i32 = 0; fy < fh; fy++) {
        const iy = oy * strideY - padTop + fy;
        if (iy < 0 || iy >= inH) continue;
        const dxRow = dx + (<usize>((n * inH + iy) * inW) * inC << 2);
        const wRow = w + (<usize>(fy * fw * inC) * outC << 2);
        if (whole) {
          sgemm(outW, fw * inC, outC, dyRow, outC, 1, wRow, 1, outC, dxRow, strideX * inC, true, scratch);
          continue;
        }
        for (let fx: i32 = 0; fx < fw; fx++) {
          // The outputs ox with 0 <= ox strideX + shift < inW.
          const shift = fx - padLeft;
          const first = shift >= 0 ? 0 : (strideX - 1 - shift) / strideX;
          const last = inW - 1 - shift < 0 ? -1 : min(outW - 1, (inW - 1 - shift) / strideX);
          if (last < first) continue;
          sgemm(
            last - first + 1, inC, outC,
            dyRow + (<usize>(first * outC) << 2), outC, 1,
            wRow + (<usize>(fx * inC) * outC << 2), 1, outC,
            dxRow + (<usize>((first * strideX + shift) * inC) << 2), strideX * inC, true, scratch,
          );
        }
      }
    }
  }
}
