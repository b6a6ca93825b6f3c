import assert from "node:assert/strict";
import { planConvolution } from "../../../src/nn/kernels/convolution.ts";
import { planInputGradient } from "../../../src/nn/kernels/input_gradient.ts";
import type { ConvolutionSizes } from "../../../src/nn/kernels/module.ts";
import { relativeError } from "../on_cpu.ts";
import { BUILDS, GuardedKernels, noise } from "./guarded_kernels.ts";
import { naiveFilterGradient, naiveForward, naiveInputGradient } from "./naive_gradients.ts";

const INPUTS = [[1, 1], [1, 7], [1, 31], [9, 1], [2, 3], [5, 4], [6, 9], [7, 13], [17, 18]];
const CHANNELS = [[1, 1], [1, 32], [3, 5], [4, 8], [5, 3], [8, 16], [9, 12], [13, 7], [32, 9]];
const FILTERS = [[1, 1], [1, 3], [3, 3], [2, 5], [3, 1], [5, 5]];
const STRIDES = [[1, 1], [2, 2], [1, 3]];

/** 81 shapes: odd sizes, one-pixel edges, channels that fill no vector, batches of 1 to 5, every kind of padding. */
function shapes(): ConvolutionSizes[] {
  return INPUTS.flatMap(([inH, inW], i) =>
    CHANNELS.map(([inC, outC], j): ConvolutionSizes => {
      const [fh, fw] = FILTERS[(i + j) % FILTERS.length];
      const [strideY, strideX] = STRIDES[[0, 0, 1, 2][(i + 2 * j) % 4]];
      // None where that leaves something; the same on both sides; lopsided, and more than the filter's half.
      const fits = inH >= fh && inW >= fw;
      const pads = [fits ? [0, 0, 0, 0] : [fh, fh, fw, fw], [fh >> 1, fh >> 1, fw >> 1, fw >> 1]];
      const [top, bottom, left, right] = [...pads, [fh - 1, fh, fw, fw - 1]][(i + j) % 3];
      const outH = Math.floor((inH + top + bottom - fh) / strideY) + 1;
      const outW = Math.floor((inW + left + right - fw) / strideX) + 1;
      const batch = 1 + (2 * i + j) % 5;
      const output = [Math.max(0, outH), Math.max(0, outW)] as const;
      return [batch, inH, inW, inC, ...output, outC, fh, fw, strideY, strideX, top, left];
    })
  );
}

/** How many numbers x, w and y have. */
function lengths(
  [batch, inH, inW, inC, outH, outW, outC, fh, fw]: ConvolutionSizes,
): [x: number, w: number, y: number] {
  return [batch * inH * inW * inC, fh * fw * inC * outC, batch * outH * outW * outC];
}

/** Compares a kernel's results with the definition's, for all shapes. */
function forAllShapes(
  compute: (sizes: ConvolutionSizes) => [expected: Float64Array, actual: Float32Array],
): void {
  const all = shapes().filter((sizes) => lengths(sizes).every((length) => length > 0));
  assert(all.length >= 60, `${all.length} shapes`);
  for (const sizes of all) {
    const [expected, actual] = compute(sizes);
    // Winograd's transforms cost a digit.
    const error = relativeError(expected, actual);
    assert(error < (sizes[7] === 3 && sizes[8] === 3 ? 1e-4 : 1e-5), `${sizes}: ${error}`);
  }
}

for (const file of BUILDS) {
  const memory = new GuardedKernels(file);
  const { kernels } = memory;

  Deno.test(`${file}: a planned convolution agrees with its definition`, () => {
    forAllShapes((sizes) => {
      const [nx, nw, ny] = lengths(sizes);
      const [x, w] = [noise(nx), noise(nw, 1)];
      const plan = planConvolution(kernels, sizes);
      memory.clear();
      const packed = memory.scratch(plan.filterBytes);
      const scratch = memory.scratch(plan.scratchBytes);
      const y = memory.place(ny);
      plan.pack(memory.place(w), packed, scratch);
      plan.run([memory.place(x), packed, 0, y], [-Infinity, Infinity], scratch);
      return [naiveForward(sizes, x, w), memory.read(y, ny)];
    });
  });

  Deno.test(`${file}: the gradient of a filter agrees with its definition`, () => {
    forAllShapes((sizes) => {
      const [nx, nw, ny] = lengths(sizes);
      const [x, dy] = [noise(nx), noise(ny, 1)];
      const [, , , inC, , , outC, fh, fw] = sizes;
      memory.clear();
      const scratch = memory.scratch(kernels.conv2dFilterGradientScratchBytes(inC, outC, fh, fw));
      const dw = memory.place(nw);
      kernels.conv2dFilterGradient(memory.place(x), memory.place(dy), dw, ...sizes, scratch);
      return [naiveFilterGradient(sizes, x, dy), memory.read(dw, nw)];
    });
  });

  Deno.test(`${file}: the gradient of an input agrees with its definition`, () => {
    forAllShapes((sizes) => {
      const [nx, nw, ny] = lengths(sizes);
      const [w, dy] = [noise(nw), noise(ny, 1)];
      const plan = planInputGradient(kernels, sizes);
      memory.clear();
      const scratch = memory.scratch(plan.scratchBytes);
      const dx = memory.place(nx);
      plan.run(dx, memory.place(dy), memory.place(w), scratch);
      return [naiveInputGradient(sizes, w, dy), memory.read(dx, nx)];
    });
  });
}
