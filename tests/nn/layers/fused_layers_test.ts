import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../../../src/nn/backend.ts";
import { convolve } from "../../../src/nn/layers/convolve.ts";
import { batchNormLayer } from "../../../src/nn/layers/batch_norm.ts";
import { reluMaxPool } from "../../../src/nn/layers/relu_max_pool.ts";
import { VariableSet } from "../../../src/nn/variable_set.ts";
import { onBothBackends, relativeError, values } from "../on_cpu.ts";

/** A result and its gradients with respect to all inputs, one after the other. */
function withGradients(
  compute: (...inputs: tf.Tensor[]) => tf.Tensor,
  inputs: tf.Tensor[],
): tf.Tensor {
  const y = compute(...inputs);
  const weights = tf.tensor(values(y.size, 5), y.shape);
  const gradients = tf.grads((...inputs) => tf.sum(tf.mul(compute(...inputs), weights)))(inputs);
  return tf.concat([y, ...gradients].map((tensor) => tf.reshape(tensor, [-1])));
}

Deno.test("layers with kernels of their own agree with the compositions of other backends, gradients included", async () => {
  const cases: Record<string, () => tf.Tensor> = {
    "a 1-D convolution": () =>
      withGradients(
        (x, w, b) => convolve(x, w, b, "valid"),
        [
          tf.tensor4d(values(2 * 17 * 3), [2, 1, 17, 3]),
          tf.tensor4d(values(45, 1), [1, 3, 3, 5]),
          tf.tensor1d(values(5, 2)),
        ],
      ),
    "a 2-D convolution": () =>
      withGradients(
        (x, w, b) => convolve(x, w, b, "same"),
        [
          tf.tensor4d(values(3 * 56 * 9), [3, 8, 7, 9]),
          tf.tensor4d(values(9 * 99, 1), [3, 3, 9, 11]),
          tf.tensor1d(values(11, 2)),
        ],
      ),
    "ReLU and pooling": () =>
      withGradients((x) => reluMaxPool(x, 2, 3), [tf.tensor4d(values(2 * 63 * 6), [2, 7, 9, 6])]),
    "a ReLU": () => withGradients((x) => tf.relu(x), [tf.tensor2d(values(77), [7, 11])]),
  };
  for (const [name, compute] of Object.entries(cases)) {
    const { cpu, wasm } = await onBothBackends(compute);
    const error = relativeError(cpu, wasm);
    // Winograd's transforms cost a digit.
    assert(error < (name === "a 2-D convolution" ? 1e-4 : 1e-5), `${name}: ${error}`);
  }
});

Deno.test("batchNormLayer() computes the same on other backends, statistics and gradients included", async () => {
  const { cpu, wasm } = await onBothBackends(() => {
    const variables = new VariableSet();
    const layer = batchNormLayer(variables, "bn", 6);
    const x = tf.tensor2d(values(42), [7, 6]);
    const result = withGradients((x) => layer(x, true), [x]);
    const statistics = Object.values(variables.tensors()).map(({ data }) =>
      tf.tensor1d(data as Float32Array)
    );
    variables.dispose();
    return tf.concat([result, ...statistics]);
  });
  assert(relativeError(cpu, wasm) < 1e-5);
});

Deno.test("convolve() works out no gradient that nothing needs", async () => {
  await initBackend();
  const x = tf.tensor4d(values(20), [2, 1, 10, 1]);
  const b = tf.zeros([4]);
  const run = tf.getKernel("Conv2DBackpropInput", "wasm");
  tf.unregisterKernel(run.kernelName, "wasm");
  try {
    const w = tf.tensor4d(values(12), [1, 3, 1, 4]);
    const gradient = tf.grad((w) => tf.sum(convolve(x, w, b, "valid")))(w);
    assert.deepEqual(gradient.shape, w.shape);
  } finally {
    tf.registerKernel(run);
  }
});
