import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { Adam } from "../../src/nn/adam.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { kerasFixture } from "./keras_numbers.ts";
import { values } from "./on_cpu.ts";

Deno.test("Adam moves weights through five steps as Keras's optimiser does", async () => {
  await initBackend();
  const { gradients, weights } = kerasFixture("adam");
  const variable = tf.variable(tf.tensor1d([1, -2, 0.5]));
  const adam = new Adam([variable], { learningRate: 1e-2 });
  for (let step = 0; step < 5; step++) {
    const gradient = tf.tensor1d(gradients.data.slice(3 * step, 3 * step + 3) as Float32Array);
    adam.apply([gradient]);
    const expected = weights.data.slice(3 * step, 3 * step + 3);
    variable.dataSync().forEach((w, i) => {
      // Keras works the bias correction out in single precision, 2e-5 of a step off.
      assert(Math.abs(w - expected[i]) < 1e-6, `step ${step}: ${w} instead of ${expected[i]}`);
    });
  }
});

Deno.test("Adam treats every element alike, those beyond the last four included", async () => {
  await initBackend();
  const start = values(11);
  const gradient = values(11, 1);
  const together = tf.variable(tf.tensor1d(start));
  const adam = new Adam([together], { learningRate: 0.1 });
  const alone = Array.from(start, (w) => tf.variable(tf.tensor1d([w])));
  const adams = new Adam(alone, { learningRate: 0.1 });
  for (let step = 0; step < 3; step++) {
    adam.apply([tf.tensor1d(gradient)]);
    adams.apply(Array.from(gradient, (g) => tf.tensor1d([g])));
  }
  const expected = alone.map((variable) => variable.dataSync()[0]);
  together.dataSync().forEach((w, i) => assert(Math.abs(w - expected[i]) < 1e-6));
});

Deno.test("Adam frees what it holds", async () => {
  await initBackend();
  const variable = tf.variable(tf.ones([4]));
  const before = tf.memory();
  const adam = new Adam([variable]);
  tf.tidy(() => adam.apply([tf.ones([4])]));
  adam.dispose();
  assert.equal(tf.memory().numTensors, before.numTensors);
  assert.equal(tf.memory().numBytes, before.numBytes);
});
