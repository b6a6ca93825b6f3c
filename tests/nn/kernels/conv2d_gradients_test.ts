import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../../../src/nn/backend.ts";
import { onBothBackends, relativeError, values } from "../on_cpu.ts";

type Quad = [number, number, number, number];

interface Case {
  input: Quad;
  filter: Quad;
  strides: [number, number];
  pad: "valid" | "same" | number | tf.backend_util.ExplicitPadding;
}

const CASES: Case[] = [
  { input: [2, 1, 20, 1], filter: [1, 3, 1, 32], strides: [1, 1], pad: "valid" },
  { input: [3, 1, 37, 32], filter: [1, 3, 32, 64], strides: [1, 1], pad: "valid" },
  { input: [1, 1, 3, 1], filter: [1, 3, 1, 1], strides: [1, 1], pad: "valid" },
  { input: [2, 1, 8, 5], filter: [1, 3, 5, 9], strides: [1, 1], pad: "valid" },
  { input: [1, 1, 600, 5], filter: [1, 4, 5, 7], strides: [1, 1], pad: "valid" },
  { input: [2, 1, 21, 3], filter: [1, 3, 3, 5], strides: [1, 2], pad: "valid" },
  { input: [2, 1, 21, 3], filter: [1, 3, 3, 5], strides: [1, 5], pad: "same" },
  { input: [2, 7, 9, 3], filter: [3, 3, 3, 6], strides: [1, 1], pad: "same" },
  { input: [2, 8, 9, 3], filter: [3, 2, 3, 6], strides: [2, 3], pad: "same" },
  { input: [1, 10, 11, 2], filter: [5, 5, 2, 9], strides: [2, 2], pad: 2 },
  { input: [1, 10, 11, 2], filter: [5, 4, 2, 9], strides: [2, 1], pad: "same" },
  {
    input: [1, 4, 3, 2],
    filter: [3, 5, 2, 3],
    strides: [1, 2],
    pad: [[0, 0], [0, 1], [3, 2], [0, 0]],
  },
  { input: [2, 5, 6, 13], filter: [1, 1, 13, 11], strides: [1, 1], pad: "valid" },
  { input: [2, 5, 6, 4], filter: [1, 1, 4, 4], strides: [2, 2], pad: "valid" },
];

/** The gradient of sum(weights * convolution) with respect to one operand. */
function gradient({ input, filter, strides, pad }: Case, operand: "input" | "filter"): tf.Tensor {
  const x = tf.tensor4d(values(input.reduce((a, b) => a * b)), input);
  const w = tf.tensor4d(values(filter.reduce((a, b) => a * b), 1), filter);
  const y = tf.conv2d(x, w, strides, pad);
  const weights = tf.tensor4d(values(y.size, 2), y.shape);
  const gradients = tf.grads((x, w) =>
    tf.sum(tf.mul(tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, strides, pad), weights))
  )([x, w]);
  return gradients[operand === "input" ? 0 : 1];
}

for (const operand of ["filter", "input"] as const) {
  Deno.test(`the gradient of a convolution's ${operand} agrees with the CPU backend`, async () => {
    for (const example of CASES) {
      const { cpu, wasm } = await onBothBackends(() => gradient(example, operand));
      const error = relativeError(cpu, wasm);
      assert(error < 1e-5, `${JSON.stringify(example)}: ${error}`);
    }
  });
}

Deno.test("Conv2DBackpropFilter throws for channels that come first", async () => {
  await initBackend();
  const attrs = { strides: 1, pad: "valid", dataFormat: "NCHW", filterShape: [3, 3, 2, 1] };
  assert.throws(
    () =>
      tf.tidy(() => {
        const inputs = { x: tf.ones([1, 2, 5, 5]), dy: tf.ones([1, 1, 3, 3]) };
        return tf.engine().runKernel("Conv2DBackpropFilter", inputs, attrs) as tf.Tensor;
      }),
    /needs dataFormat NHWC, got NCHW/,
  );
});
