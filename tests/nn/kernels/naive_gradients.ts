import type { ConvolutionSizes } from "../../../src/nn/kernels/module.ts";

/** Calls `visit` with every product that a convolution sums: where its factors and its sum are. */
function eachProduct(
  [batch, inH, inW, inC, outH, outW, outC, fh, fw, strideY, strideX, top, left]: ConvolutionSizes,
  visit: (x: number, w: number, y: number) => void,
): void {
  for (let pixel = 0; pixel < batch * outH * outW; pixel++) {
    const ox = pixel % outW;
    const oy = Math.floor(pixel / outW) % outH;
    const n = Math.floor(pixel / (outW * outH));
    for (let tap = 0; tap < fh * fw; tap++) {
      const iy = oy * strideY - top + Math.floor(tap / fw);
      const ix = ox * strideX - left + tap % fw;
      if (iy < 0 || iy >= inH || ix < 0 || ix >= inW) continue;
      for (let c = 0; c < inC; c++) {
        const x = ((n * inH + iy) * inW + ix) * inC + c;
        for (let k = 0; k < outC; k++) visit(x, (tap * inC + c) * outC + k, pixel * outC + k);
      }
    }
  }
}

/** A convolution by its definition, in double precision. */
export function naiveForward(
  sizes: ConvolutionSizes,
  x: Float32Array,
  w: Float32Array,
): Float64Array {
  const [batch, , , , outH, outW, outC] = sizes;
  const result = new Float64Array(batch * outH * outW * outC);
  eachProduct(sizes, (at, tap, to) => result[to] += x[at] * w[tap]);
  return result;
}

/** The gradient of a convolution's filter, likewise. */
export function naiveFilterGradient(
  sizes: ConvolutionSizes,
  x: Float32Array,
  dy: Float32Array,
): Float64Array {
  const [, , , inC, , , outC, fh, fw] = sizes;
  const result = new Float64Array(fh * fw * inC * outC);
  eachProduct(sizes, (at, tap, from) => result[tap] += x[at] * dy[from]);
  return result;
}

/** The gradient of a convolution's input, likewise. */
export function naiveInputGradient(
  sizes: ConvolutionSizes,
  w: Float32Array,
  dy: Float32Array,
): Float64Array {
  const [batch, inH, inW, inC] = sizes;
  const result = new Float64Array(batch * inH * inW * inC);
  eachProduct(sizes, (at, tap, from) => result[at] += w[tap] * dy[from]);
  return result;
}
