import assert from "node:assert/strict";
import type { KernelExports } from "../../../src/nn/kernels/module.ts";
import { relativeError, values } from "../on_cpu.ts";
import { type Conv2DCase, naiveConv2D, outputSize } from "./naive_conv2d.ts";

/** A build of the kernels on a memory of its own. */
function load(file: string): { kernels: KernelExports; memory: WebAssembly.Memory } {
  const memory = new WebAssembly.Memory({ initial: 256 });
  const bytes = Deno.readFileSync(new URL(`../../../build/${file}`, import.meta.url));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  return { kernels: instance.exports as unknown as KernelExports, memory };
}

const SAME = [1, 1, 1, 1] as const;
const VALID = [0, 0, 0, 0] as const;
const LOPSIDED = [0, 2, 1, 0] as const;
const LINEAR = [-Infinity, Infinity] as const;
const RELU = [0, Infinity] as const;
const RELU6 = [0, 6] as const;

/** 80 shapes: every remainder of tiles, of vectors and of panels, one-pixel edges, batches of 1 to 5. */
function cases(): Conv2DCase[] {
  const inputs = [[1, 1], [1, 7], [8, 1], [2, 3], [3, 3], [4, 4], [5, 4], [6, 9], [7, 13], [11, 6]];
  const channels = [[1, 1], [3, 5], [4, 8], [5, 3], [8, 16], [9, 12], [13, 7], [32, 9]];
  const list: Conv2DCase[] = [];
  for (const [i, [h, w]] of inputs.entries()) {
    for (const [j, [inC, outC]] of channels.entries()) {
      const pad = [SAME, VALID, LOPSIDED][(i + j) % 3];
      const example: Conv2DCase = {
        batch: 1 + (2 * i + j) % 5,
        input: [h, w],
        channels: [inC, outC],
        pad,
      };
      // Nothing is left of a picture smaller than the filter without padding.
      list.push(Math.min(...outputSize(example)) < 1 ? { ...example, pad: SAME } : example);
    }
  }
  return list;
}

/** Tiles of four outputs alone, of six alone, and both sorts each way where there is room for them. */
function tilings(example: Conv2DCase): [sixesDown: number, sixesAcross: number][] {
  const [down, across] = outputSize(example).map((n) => Math.ceil(n / 6));
  const all = [[0, 0], [down, across], [down, 0], [0, across], [down >> 1, (across + 1) >> 1]];
  return all as [number, number][];
}

/** Runs one of the kernels with guards behind everything; all memory that is not set is NaN. */
function run(
  { kernels, memory }: ReturnType<typeof load>,
  tiles: readonly [sixesDown: number, sixesAcross: number] | undefined,
  example: Conv2DCase,
  [x, w, bias]: [Float32Array, Float32Array, Float32Array | undefined],
  limits: readonly [number, number],
  blockTiles: number,
): Float32Array {
  const { batch, input, channels: [inC, outC], pad } = example;
  const [outH, outW] = outputSize(example);
  const heap = new Float32Array(memory.buffer).fill(NaN);
  let end = 1024;
  const guards: number[] = [];
  const place = (bytes: number, data?: Float32Array): number => {
    const at = end;
    if (data) heap.set(data, at / 4);
    end += Math.ceil(bytes / 64) * 64;
    guards.push(end / 4);
    end += 64;
    return at;
  };
  const tensors = [x, w, bias].map((data) => data ? place(4 * data.length, data) : 0);
  const size = batch * outH * outW * outC;
  const y = place(4 * size);
  const points = tiles?.map((sixes) => sixes > 0 ? 8 : 6) as [number, number] | undefined;
  const scratch = place(
    points
      ? kernels.winogradScratchBytes(inC, outC, ...points, blockTiles)
      : kernels.im2colScratchBytes(9 * inC, outC),
  );
  const packed = place(
    points
      ? kernels.winogradFilterBytes(inC, outC, ...points)
      : kernels.im2colFilterBytes(9 * inC, outC),
  );
  const sizes = [batch, ...input, inC, outH, outW, outC] as const;
  const addresses = [tensors[0], packed, tensors[2], y] as const;
  if (tiles) {
    kernels.winogradFilter(tensors[1], inC, outC, ...points!, packed, scratch);
    const rest = [pad[0], pad[2], ...limits, ...tiles, blockTiles, scratch] as const;
    kernels.winogradConv2d(...addresses, ...sizes, ...rest);
  } else {
    kernels.im2colFilter(tensors[1], 9 * inC, outC, packed);
    const rest = [3, 3, 1, 1, pad[0], pad[2]] as const;
    kernels.im2colConv2d(...addresses, ...sizes, ...rest, ...limits, scratch);
  }
  for (const at of guards) {
    for (let i = at; i < at + 16; i++) assert(Number.isNaN(heap[i]), "wrote beyond the end");
  }
  assert(Number.isNaN(heap[y / 4 + size]) || size % 16 === 0, "wrote beyond the result");
  return heap.slice(y / 4, y / 4 + size);
}

for (const file of ["kernels.wasm", "kernels.relaxed.wasm"]) {
  for (const winograd of [true, false]) {
    const name = winograd ? "winogradConv2d()" : "im2colConv2d()";
    Deno.test(`${name} of ${file} is the convolution for any sizes and padding`, () => {
      const built = load(file);
      for (const [i, example] of cases().entries()) {
        const [inC, outC] = example.channels;
        const x = values(example.batch * example.input[0] * example.input[1] * inC);
        const w = values(9 * inC * outC, 1);
        const bias = i % 4 === 3 ? undefined : values(outC, 2);
        const limits = [LINEAR, RELU, RELU6][i % 3];
        const expected = naiveConv2D(example, x, w, bias, limits);
        for (const [j, tiles] of (winograd ? tilings(example) : [undefined]).entries()) {
          const blockTiles = [6, 48][(i + j) % 2];
          const actual = run(built, tiles, example, [x, w, bias], limits, blockTiles);
          const error = relativeError(expected, actual);
          assert(
            error < (winograd ? 1e-4 : 1e-5),
            `${JSON.stringify(example)} ${tiles} ${blockTiles}: ${error}`,
          );
        }
      }
    });
  }

  Deno.test(`winogradConv2d() of ${file} gives a frame the same result in every batch`, () => {
    const built = load(file);
    const one: Conv2DCase = { batch: 1, input: [10, 13], channels: [12, 16], pad: SAME };
    const [x, w, bias] = [values(5 * 10 * 13 * 12), values(9 * 12 * 16, 1), values(16, 2)];
    for (const tiles of [[0, 0], [1, 1]] as const) {
      const all = run(built, tiles, { ...one, batch: 5 }, [x, w, bias], RELU, 48);
      for (let n = 0; n < 5; n++) {
        const frame = x.slice(n * 1560, (n + 1) * 1560);
        const alone = run(built, tiles, one, [frame, w, bias], RELU, 48);
        assert.deepEqual(alone, all.slice(n * alone.length, (n + 1) * alone.length));
      }
    }
  });
}
