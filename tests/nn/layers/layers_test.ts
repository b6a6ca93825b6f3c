import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../../../src/nn/backend.ts";
import { addBias } from "../../../src/nn/layers/add_bias.ts";
import { batchNormLayer } from "../../../src/nn/layers/batch_norm.ts";
import { columnSums } from "../../../src/nn/layers/column_sums.ts";
import { dropout } from "../../../src/nn/layers/dropout.ts";
import { glorotUniform } from "../../../src/nn/layers/glorot_uniform.ts";
import { Random } from "../../../src/numeric/random.ts";
import { VariableSet } from "../../../src/nn/variable_set.ts";
import { relativeError, values } from "../on_cpu.ts";

Deno.test("batchNormLayer() has the gradient of normalising by the batch's own statistics", async () => {
  await initBackend();
  const shape: [number, number] = [7, 5];
  const x = tf.tensor2d(values(35), shape);
  const weights = tf.tensor2d(values(35, 1), shape);
  const gamma = tf.tensor1d(values(5, 2));
  const beta = tf.tensor1d(values(5, 3));
  const variables = new VariableSet();
  const layer = batchNormLayer(variables, "bn", 5);
  const [g, b] = variables.trainable;
  g.assign(gamma);
  b.assign(beta);
  const { grads } = tf.variableGrads(() => tf.sum(tf.mul(layer(x, true), weights)), [g, b]);
  const [dx] = tf.grads((x) => tf.sum(tf.mul(layer(x, true), weights)))([x]);
  const [dxExpected, gExpected, bExpected] = tf.grads((x, gamma, beta) => {
    const { mean, variance } = tf.moments(x, 0);
    const unit = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-3)));
    return tf.sum(tf.mul(tf.add(tf.mul(unit, gamma), beta), weights));
  })([x, gamma, beta]);
  assert(relativeError(dxExpected.dataSync(), dx.dataSync()) < 1e-5);
  assert(relativeError(gExpected.dataSync(), grads[g.name].dataSync()) < 1e-5);
  assert(relativeError(bExpected.dataSync(), grads[b.name].dataSync()) < 1e-5);
});

Deno.test("batchNormLayer() moves its statistics in training only", async () => {
  await initBackend();
  const variables = new VariableSet();
  const layer = batchNormLayer(variables, "bn", 1);
  const x = tf.tensor2d([1, 2, 6], [3, 1]); // mean 3, variance 14 / 3
  layer(x, false);
  assert.deepEqual(variables.tensors()["bn/moving_mean"].data, Float32Array.of(0));
  layer(x, true);
  const { "bn/moving_mean": mean, "bn/moving_variance": variance } = variables.tensors();
  assert(Math.abs(mean.data[0] - 0.03) < 1e-6);
  assert(Math.abs(variance.data[0] - (0.99 + 0.01 * 14 / 3)) < 1e-6);
});

Deno.test("columnSums() sums over all dimensions but the last", async () => {
  await initBackend();
  assert.deepEqual(
    columnSums(tf.tensor3d([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2])).dataSync(),
    Float32Array.of(16, 20),
  );
});

Deno.test("addBias() adds along the last dimension, with the gradients of an addition", async () => {
  await initBackend();
  const x = tf.tensor4d(values(24), [2, 1, 4, 3]);
  const bias = tf.tensor1d([1, 2, 3]);
  const weights = tf.tensor4d(values(24, 1), [2, 1, 4, 3]);
  const both = [addBias, tf.add].map((add) =>
    [
      add(x, bias),
      ...tf.grads((x, b) => tf.sum(tf.mul(add(x, b), weights)))([x, bias]),
    ].map((tensor) => Array.from(tensor.dataSync()))
  );
  both[0].forEach((actual, i) => assert(relativeError(both[1][i], actual) < 1e-6));
});

Deno.test("dropout() zeroes the given share and keeps the mean", async () => {
  await initBackend();
  const kept = dropout(tf.ones([10000]), 0.3, new Random(1)).dataSync<"float32">();
  const zeros = kept.filter((value) => value === 0).length;
  assert(Math.abs(zeros / 10000 - 0.3) < 0.02);
  assert.deepEqual(new Set(kept), new Set([0, Math.fround(1 / 0.7)]));
});

Deno.test("dropout() repeats itself for a seed and does nothing without a generator", async () => {
  await initBackend();
  const x = tf.ones([50]);
  const mask = (seed: number) => dropout(x, 0.5, new Random(seed)).dataSync();
  assert.deepEqual(mask(3), mask(3));
  assert.notDeepEqual(mask(3), mask(4));
  assert.equal(dropout(x, 0.5), x);
});

Deno.test("dropout() throws for a rate that is none", () => {
  for (const rate of [-0.1, 1, NaN]) {
    assert.throws(() => dropout({} as tf.Tensor, rate), /at least 0 and below 1/);
  }
});

Deno.test("glorotUniform() fills the range that the fans give", () => {
  const kernel = glorotUniform([3, 32, 64], new Random(1));
  const limit = Math.sqrt(6 / (3 * 32 + 3 * 64));
  assert(kernel.every((w) => Math.abs(w) <= limit));
  assert(Math.max(...kernel) > 0.99 * limit);
  const mean = kernel.reduce((sum, w) => sum + w, 0) / kernel.length;
  assert(Math.abs(mean) < 0.05 * limit);
});
