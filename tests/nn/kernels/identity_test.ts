import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../../../src/nn/backend.ts";

Deno.test("Identity shares the values, which live until the last tensor that uses them is gone", async () => {
  await initBackend();
  const before = tf.memory();
  const x = tf.tensor1d([1, 2, 3]);
  const copy = tf.clone(x);
  assert.equal(tf.memory().numDataBuffers, before.numDataBuffers + 1);
  x.dispose();
  const other = tf.tensor1d([7, 8, 9]); // would take the place of values freed too early
  assert.deepEqual(copy.dataSync(), Float32Array.of(1, 2, 3));
  tf.dispose([copy, other]);
  assert.equal(tf.memory().numDataBuffers, before.numDataBuffers);
});

Deno.test("a variable keeps its value when its copy's variable is changed", async () => {
  await initBackend();
  const first = tf.variable(tf.tensor1d([1, 2]));
  const second = tf.variable(first);
  second.assign(tf.tensor1d([5, 6]));
  assert.deepEqual(first.dataSync(), Float32Array.of(1, 2));
});
