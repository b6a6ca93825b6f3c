import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { Adam } from "../../../src/nn/adam.ts";
import { initBackend } from "../../../src/nn/backend.ts";
import { collectDenseGradients, denseProduct } from "../../../src/nn/layers/dense_gradients.ts";
import { batchNormLayer } from "../../../src/nn/layers/batch_norm.ts";
import { denseLayer } from "../../../src/nn/layers/dense.ts";
import type { Network } from "../../../src/nn/network.ts";
import { Random } from "../../../src/numeric/random.ts";
import { trainStep } from "../../../src/nn/train.ts";
import { VariableSet } from "../../../src/nn/variable_set.ts";
import { relativeError, values } from "../on_cpu.ts";

Deno.test("collectDenseGradients() keeps the factors of a kernel's gradient apart, and frees them", async () => {
  await initBackend();
  const kernel = tf.variable(tf.tensor2d(values(15), [5, 3]));
  const bias = tf.variable(tf.zeros([3]));
  const x = tf.tensor2d(values(20, 1), [4, 5]);
  const weights = tf.tensor2d(values(12, 2), [4, 3]);
  const backward = () =>
    tf.variableGrads(
      () => tf.sum(tf.mul(tf.square(denseProduct(x, kernel, bias)), weights)),
      [kernel, bias],
    );
  const expected = tf.tidy(() => backward().grads[kernel.name].dataSync());
  const before = tf.memory().numTensors;
  let calls = 0;
  tf.tidy(() =>
    collectDenseGradients(backward, ({ grads }, dense) => {
      calls++;
      assert.deepEqual(Object.keys(grads), [bias.name]);
      const [{ x, dy }] = dense.get(kernel)!;
      assert(relativeError(expected, tf.matMul(x, dy, true).dataSync()) < 1e-6);
    })
  );
  assert.equal(calls, 1);
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("collectDenseGradients() leaves products as they were after an error", async () => {
  await initBackend();
  assert.throws(() =>
    collectDenseGradients(() => {
      throw new Error("stop");
    }, () => {}), /stop/);
  const [kernel, bias] = [tf.variable(tf.ones([2, 2])), tf.variable(tf.ones([2]))];
  const forward = () => tf.sum<tf.Scalar>(denseProduct(tf.ones([1, 2]), kernel, bias));
  const { grads } = tf.variableGrads(forward, [kernel]);
  assert.deepEqual(grads[kernel.name].dataSync(), Float32Array.of(1, 1, 1, 1));
});

/** A network that uses its first kernel `uses` times. */
function network(uses: number): Network {
  const variables = new VariableSet();
  const random = new Random(3);
  const normalise = batchNormLayer(variables, "bn", 6);
  const hidden = denseLayer(variables, "hidden", 6, 6, random);
  const output = denseLayer(variables, "output", 6, 3, random);
  return {
    ...{ inputSize: 6, featureSize: 6, nClasses: 3, variables },
    forward(x) {
      let features = normalise(x, true);
      for (let i = 0; i < uses; i++) features = tf.tanh(hidden(features));
      return { features, logits: output(features) };
    },
    dispose: () => variables.dispose(),
  };
}

for (const uses of [1, 2, 3]) {
  Deno.test(`a training step is that of tfjs's own gradients where a dense kernel is used ${uses} times`, async () => {
    await initBackend();
    const x = values(30);
    const labels = Int32Array.of(0, 1, 2, 1, 0);
    const [ours, theirs] = [network(uses), network(uses)];
    const adam = new Adam(ours.variables.trainable, { learningRate: 0.01, epsilon: 1e-3 });
    const reference = new Adam(theirs.variables.trainable, { learningRate: 0.01, epsilon: 1e-3 });
    const step = trainStep(ours, adam, x, labels, new Random(1));
    tf.tidy(() => {
      const target = tf.oneHot(tf.tensor1d(labels, "int32"), 3);
      const { value, grads } = tf.variableGrads(() => {
        const { logits } = theirs.forward(tf.tensor2d(x, [5, 6]), new Random(1));
        return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), target), 1))) as tf.Scalar;
      }, theirs.variables.trainable);
      assert(Math.abs(value.dataSync()[0] - step.loss) < 1e-6);
      reference.apply(theirs.variables.trainable.map(({ name }) => grads[name]));
    });
    const expected = theirs.variables.tensors();
    for (const [name, { data }] of Object.entries(ours.variables.tensors())) {
      assert(relativeError(expected[name].data, data) < 1e-5, name);
    }
    [adam, reference, ours, theirs].forEach((used) => used.dispose());
  });
}

Deno.test("a copy of a dense kernel keeps its values when the kernel learns", async () => {
  await initBackend();
  const kernel = tf.variable(tf.ones([6, 4]));
  const adam = new Adam([kernel]);
  const gradient = { x: tf.ones([2, 6]), dy: tf.ones([2, 4]) };
  adam.apply([gradient]);
  const before = kernel.dataSync();
  const copy = kernel.clone();
  adam.apply([gradient]);
  assert.deepEqual(copy.dataSync(), before);
  assert.notDeepEqual(kernel.dataSync(), before);
  adam.dispose();
});
