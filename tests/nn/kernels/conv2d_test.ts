import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../../../src/nn/backend.ts";
import { onBothBackends, relativeError, values } from "../on_cpu.ts";
import { withStockConv2D } from "./stock_conv2d.ts";

type Quad = [number, number, number, number];
type Pad = "valid" | "same" | number | tf.backend_util.ExplicitPadding;

interface Case {
  input: Quad;
  filter: Quad;
  strides?: [number, number];
  dilations?: number;
  pad?: Pad;
  activation?: tf.fused.Activation;
  bias?: boolean;
}

function conv2d(example: Case): tf.Tensor {
  const { input, filter, strides = [1, 1], dilations = 1, pad = "same", activation, bias } =
    example;
  return tf.fused.conv2d({
    x: tf.tensor4d(values(input.reduce((a, b) => a * b)), input),
    filter: tf.tensor4d(values(filter.reduce((a, b) => a * b), 1), filter),
    bias: bias ? tf.tensor1d(values(filter[3], 2)) : undefined,
    strides,
    dilations,
    pad,
    activation,
  });
}

Deno.test("a convolution agrees with the CPU backend, whichever kernel computes it", async () => {
  const cases: Case[] = [
    { input: [2, 9, 10, 16], filter: [3, 3, 16, 12], activation: "relu", bias: true },
    { input: [2, 9, 10, 16], filter: [3, 3, 16, 12], activation: "relu6" },
    { input: [1, 9, 10, 16], filter: [3, 3, 16, 12], pad: "valid", bias: true },
    { input: [1, 9, 10, 16], filter: [3, 3, 16, 12], pad: [[0, 0], [2, 0], [1, 2], [0, 0]] },
    { input: [2, 9, 10, 3], filter: [3, 3, 3, 12], activation: "relu", bias: true },
    { input: [2, 9, 10, 16], filter: [1, 1, 16, 12], activation: "relu", bias: true },
    { input: [2, 9, 10, 5], filter: [1, 1, 5, 3], activation: "relu6", bias: true },
    { input: [1, 9, 10, 16], filter: [1, 1, 16, 40], strides: [2, 2] },
    { input: [1, 1, 30, 16], filter: [1, 3, 16, 12], pad: "valid" },
    // What is left to the stock kernels.
    { input: [2, 9, 10, 16], filter: [3, 3, 16, 12], strides: [2, 2], bias: true },
    { input: [2, 9, 10, 16], filter: [3, 3, 16, 12], dilations: 2 },
    { input: [2, 9, 10, 16], filter: [3, 3, 16, 12], activation: "sigmoid", bias: true },
    { input: [1, 9, 10, 16], filter: [5, 3, 16, 12] },
    { input: [1, 9, 10, 16], filter: [3, 1, 16, 12] },
  ];
  for (const example of cases) {
    const { cpu, wasm } = await onBothBackends(() => conv2d(example));
    const error = relativeError(cpu, wasm);
    assert(error < 1e-4, `${JSON.stringify(example)}: ${error}`);
  }
});

Deno.test("a convolution's gradients agree with the CPU backend", async () => {
  const { cpu, wasm } = await onBothBackends(() => {
    const w = tf.tensor4d(values(9 * 8 * 8, 1), [3, 3, 8, 8]);
    const x = tf.tensor4d(values(6 * 7 * 8), [1, 6, 7, 8]);
    return tf.grad((x) => tf.sum(tf.square(tf.conv2d(x as tf.Tensor4D, w, 1, "same"))))(x);
  });
  assert(relativeError(cpu, wasm) < 1e-4);
});

Deno.test("3 x 3 and pointwise convolutions are Emofuse's, others stay the stock kernel's to the bit", async () => {
  await initBackend();
  const compute = (example: Case) => tf.tidy(() => conv2d(example).dataSync());
  const ours: Case = { input: [1, 9, 10, 16], filter: [3, 3, 16, 12] };
  const pointwise: Case = { input: [1, 9, 10, 64], filter: [1, 1, 64, 12] };
  const theirs: Case = { ...ours, strides: [2, 2] };
  const stock = await withStockConv2D(() => [ours, pointwise, theirs].map(compute));
  assert.notDeepEqual(compute(ours), stock[0]);
  assert.notDeepEqual(compute(pointwise), stock[1]);
  assert.deepEqual(compute(theirs), stock[2]);
});

Deno.test("one filter serves pictures of sizes that need it at different points", async () => {
  await initBackend();
  const filter = tf.ones([3, 3, 8, 8]) as tf.Tensor4D;
  try {
    for (const [height, width] of [[4, 4], [12, 12], [4, 24], [24, 4], [4, 4], [12, 12]]) {
      const y = tf.tidy(() => {
        const x = tf.ones([1, height + 2, width + 2, 8]) as tf.Tensor4D;
        return tf.conv2d(x, filter, 1, "valid").dataSync();
      });
      assert.equal(y.length, 8 * height * width);
      for (const value of y) assert(Math.abs(value - 72) < 1e-3, `${height} x ${width}: ${value}`);
    }
  } finally {
    filter.dispose();
  }
});

Deno.test("a changed filter is used at once, and a filter's copy goes when the filter goes", async () => {
  await initBackend();
  const { wasm } = tf.backend() as unknown as { wasm: { _malloc(n: number): number } };
  const malloc = wasm._malloc;
  const sizes: number[] = [];
  const x = tf.ones([1, 8, 8, 64]) as tf.Tensor4D;
  const middle = (filter: tf.Tensor4D) =>
    tf.tidy(() => tf.conv2d(x, filter, 1, "same").dataSync()[64 * 9]);
  try {
    const filter = tf.variable(tf.ones([3, 3, 64, 64])) as unknown as tf.Variable<tf.Rank.R4>;
    assert(Math.abs(middle(filter) - 576) < 0.01);
    wasm._malloc = (n) => (sizes.push(n), malloc(n));
    assert(Math.abs(middle(filter) - 576) < 0.01);
    const copyBytes = 36 * 64 * 64 * 4;
    const copies = () => sizes.filter((n) => n > copyBytes && n < 1.02 * copyBytes).length;
    assert.equal(copies(), 0); // kept from the first time
    const before = heapUse();
    for (let i = 2; i < 20; i++) {
      tf.tidy(() => filter.assign(tf.fill([3, 3, 64, 64], i)));
      assert(Math.abs(middle(filter) - 576 * i) < 0.1 * i);
    }
    assert.equal(copies(), 18);
    assert(heapUse() - before < 4 * copyBytes, "copies of filters that are gone take memory");
    filter.dispose();
  } finally {
    wasm._malloc = malloc;
    x.dispose();
  }

  function heapUse(): number {
    return (tf.backend() as unknown as { wasm: { asm: { memory: WebAssembly.Memory } } }).wasm.asm
      .memory.buffer.byteLength;
  }
});
