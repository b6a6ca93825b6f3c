import assert from "node:assert/strict";
import { createCnn1d } from "../../models/cnn1d.ts";
import { createFaceHead } from "../../models/face_head.ts";
import { Adam } from "../../src/nn/adam.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import type { Network } from "../../src/nn/network.ts";
import { predictNetwork } from "../../src/nn/predict.ts";
import { Random } from "../../src/numeric/random.ts";
import { matrixRows } from "../../src/nn/row_source.ts";
import { trainStep } from "../../src/nn/train.ts";
import { initialWeights, kerasFixture, numbers } from "../nn/keras_numbers.ts";

// Those of the fixture, which says why.
const LEARNING_RATE = 1e-2;
const EPSILON = 1e-3;

function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  assert.equal(actual.length, expected.length, what);
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i] - expected[i]);
    // A NaN stays: nothing is greater than it.
    if (difference > worst || Number.isNaN(difference)) worst = difference;
  }
  assert(worst <= tolerance, `${what} differs from Keras by ${worst}`);
}

/** Trains `network` as the fixture was trained and compares everything with it. */
function assertTrainsLikeKeras(network: Network, fixture: string, batch: number): void {
  const expected = kerasFixture(fixture);
  const initial = initialWeights(network.variables);
  network.variables.assign(initial);
  const x = Float32Array.from(numbers(batch * network.inputSize, 1000), (value) => 4 * value);
  const labels = Int32Array.from({ length: batch }, (_, i) => i % 3);
  const rows = matrixRows(new Matrix(batch, network.inputSize, x));

  const before = predictNetwork(network, rows).probabilities.data;
  assertClose(before, expected.probabilities_before.data, 1e-6, "prediction before training");
  const adam = new Adam(network.variables.trainable, {
    learningRate: LEARNING_RATE,
    epsilon: EPSILON,
  });
  const losses = Array.from(
    expected.losses.data,
    () => trainStep(network, adam, x, labels, new Random(1)).loss,
  );
  adam.dispose();
  assertClose(losses, expected.losses.data, 1e-5, "loss");
  for (const [name, { data }] of Object.entries(network.variables.tensors())) {
    const update = data.map((value, i) => value - initial[name].data[i]);
    const kerasUpdate = expected[name].data.map((value, i) => value - initial[name].data[i]);
    assertClose(update, kerasUpdate, 1e-4 * LEARNING_RATE, `update of ${name}`);
  }
  const after = predictNetwork(network, rows).probabilities.data;
  assertClose(after, expected.probabilities_after.data, 1e-5, "prediction after training");
}

Deno.test("a training step of cnn1d changes every weight as Keras does", async () => {
  await initBackend();
  const options = { inputSize: 24, nClasses: 3, random: new Random(1), dropoutRate: 0 };
  const network = createCnn1d(options);
  assertTrainsLikeKeras(network, "cnn1d_step", 8);
  network.dispose();
});

Deno.test("two training steps of the face head change every weight as Keras does", async () => {
  await initBackend();
  const network = createFaceHead({ inputSize: 40, nClasses: 3, random: new Random(1) });
  assertTrainsLikeKeras(network, "head_step", 7);
  network.dispose();
});
