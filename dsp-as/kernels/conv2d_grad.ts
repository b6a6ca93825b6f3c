// The two gradients of a 2-D convolution (NHWC input, HWIO filter, any stride and padding) as
// matrix products on views of the tensors: no patch is ever copied out. A 1-D convolution is the case
// of height 1.
//
// For one sample n, output row oy and filter row fy, the input row iy = oy strideY - padTop + fy is
// fixed; the patches of neighbouring outputs lie strideX inC numbers apart in it, and the fw taps of a patch are contiguous,
// so that one product serves them all. Where padding cuts taps off, each tap has its own product over
// the outputs that it reaches.

import { sgemm } from "./sgemm";

/** Which of the two gradients walk() accumulates. */
const FILTER: i32 = 0;
const INPUT: i32 = 1;

/** dW[fh, fw, inC, outC] = sum over outputs of (input patch)^T dy. */
export function conv2dFilterGradient(
  x: usize, dy: usize, dw: usize,
  batch: i32, inH: i32, inW: i32, inC: i32, outH: i32, outW: i32, outC: i32, fh: i32, fw: i32,
  strideY: i32, strideX: i32, padTop: i32, padLeft: i32, scratch: usize,
): void {
  memory.fill(dw, 0, <usize>(fh * fw * inC) * outC << 2);
  walk(
    FILTER, x, dy, dw, batch, inH, inW, inC, outH, outW, outC, fh, fw,
    strideY, strideX, padTop, padLeft, scratch,
  );
}

/** dx[batch, inH, inW, inC] = sum over outputs of dy W^T, laid back over the patches. */
export function conv2dInputGradient(
  dx: usize, dy: usize, w: usize,
  batch: i32, inH: i32, inW: i32, inC: i32, outH: i32, outW: i32, outC: i32, fh: i32, fw: i32,
  strideY: i32, strideX: i32, padTop: i32, padLeft: i32, scratch: usize,
): void {
  memory.fill(dx, 0, <usize>(batch * inH * inW) * inC << 2);
  walk(
    INPUT, dx, dy, w, batch, inH, inW, inC, outH, outW, outC, fh, fw,
    strideY, strideX, padTop, padLeft, scratch,
  );
}

function walk(
  target: i32, x: usize, dy: usize, w: usize,
  batch: i32, inH: i32, inW: i32, inC: i32, outH: i32, outW: i32, outC: i32, fh: i32, fw: i32,
  strideY: i32, strideX: i32, padTop: i32, padLeft: i32, scratch: usize,
): void {
  const whole = padLeft == 0 && (outW - 1) * strideX + fw <= inW;
  for (let n: i32 = 0; n < batch; n++) {
    for (let oy: i32 = 0; oy < outH; oy++) {
      const dyRow = dy + (<usize>((n * outH + oy) * outW) * outC << 2);
      for (let fy: i32 = 0; fy < fh; fy++) {
        const iy = oy * strideY - padTop + fy;
        if (iy < 0 || iy >= inH) continue;
        const xRow = x + (<usize>((n * inH + iy) * inW) * inC << 2);
        const wRow = w + (<usize>(fy * fw * inC) * outC << 2);
        if (whole) {
          accumulate(target, outW, fw * inC, outC, xRow, strideX * inC, dyRow, wRow, scratch);
          continue;
        }
        for (let fx: i32 = 0; fx < fw; fx++) {
          // The outputs ox with 0 <= ox strideX + shift < inW.
          const shift = fx - padLeft;
          const first = shift >= 0 ? 0 : (strideX - 1 - shift) / strideX;
          const last = inW - 1 - shift < 0 ? -1 : min(outW - 1, (inW - 1 - shift) / strideX);
          if (last < first) continue;
          accumulate(
            target, last - first + 1, inC, outC,
            xRow + (<usize>((first * strideX + shift) * inC) << 2), strideX * inC,
            dyRow + (<usize>(first * outC) << 2),
            wRow + (<usize>(fx * inC) * outC << 2), scratch,
          );
        }
      }
    }
  }
}

/** One product: `count` outputs of outC channels against patches of `size` numbers, `step` apart. */
function accumulate(
  target: i32, count: i32, size: i32, outC: i32, x: usize, step: i32, dy: usize, w: usize, scratch: usize,
): void {
  if (target == FILTER) {
    sgemm(size, outC, count, x, 1, step, dy, outC, 1, w, outC, true, scratch);
  } else {
    sgemm(count, size, outC, dy, outC, 1, w, 1, outC, x, step, true, scratch);
  }
}
