import assert from "node:assert/strict";
import type { PoolSizes } from "../../../src/nn/kernels/module.ts";
import { BUILDS, GuardedKernels, noise } from "./guarded_kernels.ts";

const INPUTS = [[1, 1], [1, 8], [1, 9], [7, 1], [2, 2], [4, 6], [5, 7], [9, 4]];
const CHANNELS = [1, 3, 4, 5, 8, 13];
/** Windows and strides: side by side, apart from each other, overlapping. */
const WINDOWS = [[1, 2, 1, 2], [2, 2, 2, 2], [3, 3, 2, 2], [2, 3, 1, 1], [1, 2, 1, 3]];

/** 240 shapes, without padding and with as much as tfjs's "same" can have. */
function shapes(): PoolSizes[] {
  return INPUTS.flatMap(([inH, inW], i) =>
    CHANNELS.flatMap((channels, j) =>
      WINDOWS.map(([height, width, strideY, strideX], k): PoolSizes => {
        const batch = 1 + (i + j + k) % 5;
        const fits = inH >= height && inW >= width && (i + j) % 2 === 0;
        const [top, left] = fits ? [0, 0] : [height >> 1, width >> 1];
        const across = (size: number, window: number, stride: number) =>
          fits ? Math.floor((size - window) / stride) + 1 : Math.ceil(size / stride);
        const output = [across(inH, height, strideY), across(inW, width, strideX)] as const;
        const input = [batch, inH, inW, channels] as const;
        return [...input, ...output, height, width, strideY, strideX, top, left];
      })
    )
  );
}

/** The maxima and what becomes of `dy`, by the definition. */
function naive(sizes: PoolSizes, x: Float32Array, dy: Float32Array, relu: boolean) {
  const [, inH, inW, channels, outH, outW, height, width, strideY, strideX, top, left] = sizes;
  const y = new Float32Array(dy.length);
  const dx = new Float32Array(x.length);
  for (let at = 0; at < dy.length; at++) {
    const [c, pixel] = [at % channels, Math.floor(at / channels)];
    const [ox, oy] = [pixel % outW, Math.floor(pixel / outW) % outH];
    const n = Math.floor(pixel / (outW * outH));
    let best = -1;
    for (let window = 0; window < height * width; window++) {
      const iy = oy * strideY - top + Math.floor(window / width);
      const ix = ox * strideX - left + window % width;
      if (iy < 0 || iy >= inH || ix < 0 || ix >= inW) continue;
      const i = ((n * inH + iy) * inW + ix) * channels + c;
      if (best < 0 || x[i] > x[best]) best = i;
    }
    y[at] = relu ? Math.max(0, x[best]) : x[best];
    if (!relu || x[best] > 0) dx[best] += dy[at];
  }
  return { y, dx };
}

for (const file of BUILDS) {
  const memory = new GuardedKernels(file);

  for (const relu of [false, true]) {
    Deno.test(`${file}: max pooling${relu ? " after a ReLU" : ""} and its gradient agree with their definition`, () => {
      for (const sizes of shapes()) {
        const [batch, inH, inW, channels, outH, outW] = sizes;
        // Halves: many equal values, of which the first must receive the gradient, and sums without rounding.
        const x = noise(batch * inH * inW * channels).map((value) => Math.round(4 * value) / 2);
        const dy = noise(batch * outH * outW * channels, 1).map((value) => Math.round(8 * value));
        const expected = naive(sizes, x, dy, relu);
        memory.clear();
        const [xAt, dyAt] = [memory.place(x), memory.place(dy)];
        const [yAt, dxAt] = [memory.place(dy.length), memory.place(x.length)];
        memory.kernels.maxPool(xAt, yAt, ...sizes, relu);
        memory.kernels.maxPoolGradient(xAt, yAt, dyAt, dxAt, ...sizes, relu);
        // -0 and 0 are the same here.
        const plain = (values: Float32Array) => values.map((value) => value + 0);
        assert.deepEqual(plain(memory.read(yAt, dy.length)), plain(expected.y), `${sizes}`);
        assert.deepEqual(plain(memory.read(dxAt, x.length)), plain(expected.dx), `${sizes}`);
      }
    });
  }

  Deno.test(`${file}: a NaN is the maximum of its window`, () => {
    for (const channels of [1, 4]) {
      memory.clear();
      const x = memory.place(new Float32Array(2 * channels).fill(1).fill(NaN, channels));
      const y = memory.place(channels);
      memory.kernels.maxPool(x, y, 1, 1, 2, channels, 1, 1, 1, 2, 1, 2, 0, 0, true);
      assert(memory.read(y, channels).every(Number.isNaN));
    }
  });

  Deno.test(`${file}: the gradient of a ReLU passes where its result is above zero`, () => {
    for (let n = 1; n <= 64; n++) {
      const y = noise(n).map((value) => Math.max(0, value));
      const dy = noise(n, 1);
      memory.clear();
      const dx = memory.place(n);
      memory.kernels.reluGradient(n, memory.place(y), memory.place(dy), dx);
      assert.deepEqual(memory.read(dx, n), dy.map((value, i) => y[i] > 0 ? value : 0));
    }
  });
}
