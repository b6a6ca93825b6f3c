import assert from "node:assert/strict";
import { createCnn1d } from "../../models/cnn1d.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { predictNetwork } from "../../src/nn/predict.ts";
import { Random } from "../../src/numeric/random.ts";
import { matrixRows } from "../../src/nn/row_source.ts";

Deno.test("createCnn1d() has the tutorial's layers for 2520 numbers", async () => {
  await initBackend();
  const network = createCnn1d({ inputSize: 2520, nClasses: 2, random: new Random(1) });
  const shapes = Object.entries(network.variables.tensors()).map(([name, { shape }]) =>
    `${name} ${shape.join("x")}`
  );
  network.dispose();
  assert.deepEqual(shapes, [
    "conv1d/kernel 3x1x32",
    "conv1d/bias 32",
    "conv1d_1/kernel 3x32x64",
    "conv1d_1/bias 64",
    "batch_normalization/gamma 40192",
    "batch_normalization/beta 40192",
    "batch_normalization/moving_mean 40192",
    "batch_normalization/moving_variance 40192",
    "dense/kernel 40192x128",
    "dense/bias 128",
    "dense_1/kernel 128x2",
    "dense_1/bias 2",
  ]);
});

Deno.test("createCnn1d() works from ten numbers on and says so below", async () => {
  await initBackend();
  for (const inputSize of [10, 11, 12, 13]) {
    const network = createCnn1d({ inputSize, nClasses: 3, random: new Random(1) });
    const { probabilities } = predictNetwork(network, matrixRows(new Matrix(2, inputSize)));
    network.dispose();
    assert.deepEqual([probabilities.rows, probabilities.cols], [2, 3]);
  }
  for (const inputSize of [9, 0, 12.5]) {
    assert.throws(
      () => createCnn1d({ inputSize, nClasses: 3, random: new Random(1) }),
      /at least 10 numbers/,
    );
  }
});
