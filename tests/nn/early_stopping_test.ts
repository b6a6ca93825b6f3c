import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { createMlp } from "../../models/mlp.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { predictNetwork } from "../../src/nn/predict.ts";
import { Random } from "../../src/numeric/random.ts";
import { type LabelledRows, matrixRows } from "../../src/nn/row_source.ts";
import { trainClassifier } from "../../src/nn/train.ts";

/** Rows of noise whose class a part of them tells: few of them are soon learned by heart. */
function noisy(seed: number, rows: number): LabelledRows {
  const random = new Random(seed);
  const labels = Int32Array.from({ length: rows }, (_, r) => r % 2);
  const x = Matrix.fromRows(
    Array.from(labels, (c) => Array.from({ length: 12 }, (_, f) => random.normal() + (f ? 0 : c))),
  );
  return { ...matrixRows(x), labels };
}

function network() {
  return createMlp({ inputSize: 12, nClasses: 2, random: new Random(1) });
}

const OPTIONS = { epochs: 60, learningRate: 0.01, batchSize: 8, seed: 1 };

Deno.test("trainClassifier() stops after `patience` worse epochs and keeps the best one's weights", async () => {
  await initBackend();
  const [train, source] = [noisy(1, 24), noisy(2, 40)];
  const stopped = network();
  const history = trainClassifier(stopped, train, {
    ...OPTIONS,
    validation: { source, patience: 5 },
  });
  assert(history.length < 60, "training did not stop");
  const losses = history.map(({ valLoss }) => valLoss!);
  const best = losses.indexOf(Math.min(...losses));
  assert.equal(best, history.length - 1 - 5);

  // The same training, ended at the best epoch, has the very weights that were kept.
  const short = network();
  const same = trainClassifier(short, train, { ...OPTIONS, epochs: best + 1 });
  assert.deepEqual(stopped.variables.tensors(), short.variables.tensors());
  same.forEach(({ loss, accuracy }, k) => {
    assert.deepEqual([loss, accuracy], [history[k].loss, history[k].accuracy]);
  });

  const { probabilities } = predictNetwork(stopped, source);
  const loss = source.labels.reduce((sum, c, r) => sum - Math.log(probabilities.row(r)[c]), 0) / 40;
  assert(Math.abs(loss - losses[best]) < 1e-9);
  const right = probabilities.argMax().filter((c, r) => c === source.labels[r]).length / 40;
  assert.equal(history[best].valAccuracy, right);
  assert.equal(history[best].valUar, right); // as the classes are of one size
  stopped.dispose();
  short.dispose();
});

Deno.test("trainClassifier() restores the best weights also when all epochs were run", async () => {
  await initBackend();
  const model = network();
  const validation = { source: noisy(2, 40), patience: 100 };
  const history = trainClassifier(model, noisy(1, 24), { ...OPTIONS, validation });
  assert.equal(history.length, 60);
  const losses = history.map(({ valLoss }) => valLoss!);
  assert(losses.at(-1)! > Math.min(...losses));
  const { probabilities } = predictNetwork(model, validation.source);
  const loss = validation.source.labels.reduce(
    (sum, c, r) => sum - Math.log(probabilities.row(r)[c]) / 40,
    0,
  );
  assert(Math.abs(loss - Math.min(...losses)) < 1e-9);
  model.dispose();
});

Deno.test("trainClassifier() without validation has no validation results, and leaves no tensor with it", async () => {
  await initBackend();
  const model = network();
  const [result] = trainClassifier(model, noisy(1, 8), { epochs: 1 });
  assert.deepEqual(Object.keys(result).sort(), ["accuracy", "epoch", "loss"]);
  const before = tf.memory().numTensors;
  trainClassifier(model, noisy(1, 8), {
    epochs: 3,
    validation: { source: noisy(2, 8), patience: 1 },
  });
  assert.equal(tf.memory().numTensors, before);
  model.dispose();
});

Deno.test("trainClassifier() refuses a validation that makes no sense", async () => {
  await initBackend();
  const model = network();
  const train = noisy(1, 8);
  const attempt = (source: LabelledRows, patience: number) => () =>
    trainClassifier(model, train, { validation: { source, patience } });
  assert.throws(attempt(noisy(2, 0), 1), /cannot validate on 0 rows/);
  assert.throws(attempt({ ...train, labels: Int32Array.of(0) }, 1), /8 rows with 1 labels/);
  assert.throws(attempt({ ...train, labels: new Int32Array(8).fill(2) }, 1), /label 2 is out of/);
  assert.throws(attempt(train, 0), /patience must be a positive integer, got 0/);
  model.dispose();
});
