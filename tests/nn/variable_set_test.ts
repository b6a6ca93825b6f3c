import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../../src/nn/backend.ts";
import { SafetensorsError, type TensorMap } from "../../src/numeric/safetensors.ts";
import { VariableSet } from "../../src/nn/variable_set.ts";

Deno.test("VariableSet separates what training changes from what it does not", async () => {
  await initBackend();
  const variables = new VariableSet();
  const kernel = variables.add("kernel", [2], Float32Array.of(1, 2));
  variables.add("mean", [1], 0, false);
  assert.deepEqual(variables.trainable, [kernel]);
  assert.deepEqual(Object.keys(variables.tensors()), ["kernel", "mean"]);
  assert.throws(() => variables.add("kernel", [1]), /already is a variable "kernel"/);
  variables.dispose();
});

Deno.test("VariableSet.assign() changes nothing where one tensor does not fit", async () => {
  await initBackend();
  const variables = new VariableSet();
  variables.add("a", [2]);
  variables.add("b", [1]);
  const a = { shape: [2], data: Float32Array.of(1, 2) };
  const b = { shape: [1], data: Float32Array.of(3) };
  const bad: TensorMap[] = [
    { a },
    { a, b, c: b },
    { a, b: { shape: [1, 1], data: b.data } },
    { a, b: { shape: [1], data: Int32Array.of(3) } },
  ];
  for (const tensors of bad) {
    assert.throws(() => variables.assign(tensors), SafetensorsError);
    assert.deepEqual(variables.tensors().a.data, Float32Array.of(0, 0));
  }
  variables.assign({ a, b });
  assert.deepEqual(variables.tensors(), { a, b });
  variables.dispose();
});

Deno.test("VariableSet.dispose() frees everything", async () => {
  await initBackend();
  const before = tf.memory().numTensors;
  const variables = new VariableSet();
  variables.add("a", [3], 1);
  variables.dispose();
  assert.equal(tf.memory().numTensors, before);
});
