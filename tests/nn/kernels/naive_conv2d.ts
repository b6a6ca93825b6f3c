/** Sizes of a convolution with stride 1, NHWC. */
export interface Conv2DCase {
  /** Samples. */
  readonly batch: number;
  /** Rows and columns of the input. */
  readonly input: readonly [height: number, width: number];
  /** Channels of the input and of the output. */
  readonly channels: readonly [inC: number, outC: number];
  /** Zeros above, below, left and right of the input. */
  readonly pad: readonly [top: number, bottom: number, left: number, right: number];
}

/** Rows and columns of the output of a 3 x 3 filter. */
export function outputSize({ input: [h, w], pad }: Conv2DCase): [height: number, width: number] {
  return [h + pad[0] + pad[1] - 2, w + pad[2] + pad[3] - 2];
}

/** The convolution with a filter [3, 3, inC, outC] by its definition, in double precision. */
export function naiveConv2D(
  example: Conv2DCase,
  x: Float32Array,
  w: Float32Array,
  bias: Float32Array | undefined,
  limits: readonly [least: number, most: number],
): Float64Array {
  const { batch, input: [inH, inW], channels: [inC, outC], pad: [top, , left] } = example;
  const [outH, outW] = outputSize(example);
  const y = new Float64Array(batch * outH * outW * outC);
  let at = 0;
  for (let pixel = 0; pixel < batch * outH * outW; pixel++) {
    const ox = pixel % outW;
    const oy = Math.floor(pixel / outW) % outH;
    const n = Math.floor(pixel / (outW * outH));
    for (let k = 0; k < outC; k++) {
      let sum = bias ? bias[k] : 0;
      for (let tap = 0; tap < 9; tap++) {
        const iy = oy - top + Math.floor(tap / 3);
        const ix = ox - left + tap % 3;
        if (iy < 0 || iy >= inH || ix < 0 || ix >= inW) continue;
        for (let c = 0; c < inC; c++) {
          sum += x[((n * inH + iy) * inW + ix) * inC + c] * w[(tap * inC + c) * outC + k];
        }
      }
      y[at++] = Math.min(Math.max(sum, limits[0]), limits[1]);
    }
  }
  return y;
}
