import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { onBothBackends, values } from "../on_cpu.ts";

type Quad = [number, number, number, number];
type Pair = [number, number];

const CASES: { input: Quad; size: Pair; strides: Pair; pad: "valid" | "same" }[] = [
  { input: [2, 1, 22, 32], size: [1, 2], strides: [1, 2], pad: "valid" },
  { input: [2, 1, 21, 7], size: [1, 2], strides: [1, 2], pad: "valid" },
  { input: [1, 1, 9, 3], size: [1, 3], strides: [1, 1], pad: "same" },
  { input: [2, 7, 8, 5], size: [3, 3], strides: [2, 2], pad: "same" },
  { input: [1, 6, 7, 9], size: [2, 3], strides: [1, 2], pad: "valid" },
];

Deno.test("the gradient of max pooling agrees with the CPU backend", async () => {
  for (const { input, size, strides, pad } of CASES) {
    const { cpu, wasm } = await onBothBackends(() => {
      const x = tf.tensor4d(values(input.reduce((a, b) => a * b)), input);
      const y = tf.maxPool(x, size, strides, pad);
      const weights = tf.tensor4d(values(y.size, 3), y.shape);
      return tf.grad((x) =>
        tf.sum(tf.mul(tf.maxPool(x as tf.Tensor4D, size, strides, pad), weights))
      )(x);
    });
    assert.equal(cpu.length, wasm.length);
    cpu.forEach((value, i) => assert(Math.abs(value - wasm[i]) < 1e-6));
  }
});

Deno.test("max pooling gives the gradient to the first of equal values, as TensorFlow does", async () => {
  const { wasm } = await onBothBackends(() => {
    const x = tf.tensor4d([1, 1, 2, 2, 0, 3], [1, 1, 6, 1]);
    return tf.grad((x) => tf.sum(tf.maxPool(x as tf.Tensor4D, [1, 2], [1, 2], "valid")))(x);
  });
  assert.deepEqual(wasm, Float32Array.of(1, 0, 1, 0, 0, 1));
});
