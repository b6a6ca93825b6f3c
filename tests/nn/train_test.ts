import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { createCnn1d } from "../../models/cnn1d.ts";
import { createFaceHead } from "../../models/face_head.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { denseLayer } from "../../src/nn/layers/dense.ts";
import type { Network } from "../../src/nn/network.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { predictNetwork } from "../../src/nn/predict.ts";
import { Random } from "../../src/numeric/random.ts";
import { matrixRows } from "../../src/nn/row_source.ts";
import { trainClassifier, TrainingError } from "../../src/nn/train.ts";
import { VariableSet } from "../../src/nn/variable_set.ts";

/** 20 noisy waves of 32 numbers, class 0 slow and class 1 fast. */
function waves(): { x: Matrix; labels: Int32Array } {
  const random = new Random(5);
  const x = new Matrix(20, 32);
  const labels = Int32Array.from({ length: 20 }, (_, r) => r % 2);
  labels.forEach((label, r) => {
    const phase = random.next();
    for (let t = 0; t < 32; t++) {
      x.row(r)[t] = Math.sin((label ? 2 : 0.5) * t + phase) + 0.1 * random.normal();
    }
  });
  return { x, labels };
}

function train(seed: number, epochs = 3) {
  const { x, labels } = waves();
  const network = createCnn1d({ inputSize: 32, nClasses: 2, random: new Random(seed) });
  const history = trainClassifier(network, { ...matrixRows(x), labels }, {
    epochs,
    learningRate: 1e-3,
    seed,
  });
  const tensors = network.variables.tensors();
  network.dispose();
  return { history, tensors };
}

Deno.test("trainClassifier() gives the same bits for the same seed and others for another", async () => {
  await initBackend();
  const first = train(1);
  assert.deepEqual(train(1), first);
  assert.notDeepEqual(train(2).tensors, first.tensors);
});

Deno.test("trainClassifier() learns", async () => {
  await initBackend();
  const { history } = train(1, 12);
  assert.equal(history.length, 12);
  assert.equal(history.at(-1)!.accuracy, 1);
  assert(history.at(-1)!.loss < 0.2 * history[0].loss);
});

Deno.test("trainClassifier() visits every row once an epoch, in a new order, the last batch smaller", async () => {
  await initBackend();
  const network = createFaceHead({ inputSize: 3, nClasses: 2, random: new Random(1) });
  const batches: number[][] = [];
  trainClassifier(network, {
    rows: 10,
    labels: Int32Array.from({ length: 10 }, (_, i) => i % 2),
    batch: (indices) => {
      batches.push(Array.from(indices));
      return Float32Array.from({ length: 3 * indices.length }, (_, i) => i);
    },
  }, { batchSize: 4, epochs: 2 });
  network.dispose();
  assert.deepEqual(batches.map((batch) => batch.length), [4, 4, 2, 4, 4, 2]);
  const [first, second] = [batches.slice(0, 3).flat(), batches.slice(3).flat()];
  assert.notDeepEqual(first, second);
  for (const epoch of [first, second]) {
    assert.deepEqual(epoch.toSorted((a, b) => a - b), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  }
});

Deno.test("trainClassifier() lets the step size fall to nothing by half a cosine where it is asked to", async () => {
  await initBackend();
  const { x, labels } = waves();
  const source = { ...matrixRows(x), labels };
  /** How far each step moves a bias on which every batch pulls alike: Adam's step size. */
  const moves = (schedule: "constant" | "cosine") => {
    const network = createFaceHead({ inputSize: 32, nClasses: 2, random: new Random(1) });
    const bias = () => network.variables.tensors()["dense/bias"].data[0] as number;
    const one = { ...source, labels: labels.map(() => 0) };
    const out: number[] = [];
    let last = bias();
    trainClassifier(network, one, {
      ...{ batchSize: 20, epochs: 8, learningRate: 1e-3, schedule },
      onEpoch: () => {
        out.push(bias() - last);
        last = bias();
      },
    });
    network.dispose();
    return out;
  };
  for (const move of moves("constant")) assert(Math.abs(move - 1e-3) < 1e-4, `${move}`);
  moves("cosine").forEach((move, step) => {
    const expected = 1e-3 * (1 + Math.cos(Math.PI * step / 8)) / 2;
    assert(Math.abs(move - expected) < 1e-4, `step ${step}: ${move}, not ${expected}`);
  });
});

Deno.test("training, prediction and disposal leave no tensor behind", async () => {
  await initBackend();
  train(1, 1); // whatever tfjs keeps for itself is now there
  const before = tf.memory();
  const { x, labels } = waves();
  const network = createCnn1d({ inputSize: 32, nClasses: 2, random: new Random(1) });
  trainClassifier(network, { ...matrixRows(x), labels }, { epochs: 1 });
  predictNetwork(network, matrixRows(x));
  network.dispose();
  assert.equal(tf.memory().numTensors, before.numTensors);
  assert.equal(tf.memory().numBytes, before.numBytes);
});

Deno.test("trainClassifier() throws when the loss is no longer finite, and frees its memory", async () => {
  await initBackend();
  const network = createFaceHead({ inputSize: 2, nClasses: 2, random: new Random(1) });
  const before = tf.memory().numTensors;
  const source = {
    rows: 2,
    labels: Int32Array.of(0, 1),
    batch: () => Float32Array.of(1, NaN, 2, 3),
  };
  assert.throws(
    () => trainClassifier(network, source, { learningRate: 0.5 }),
    (error: unknown) => error instanceof TrainingError && /epoch 1.*\(0\.5\)/.test(error.message),
  );
  assert.equal(tf.memory().numTensors, before);
  network.dispose();
});

Deno.test("trainClassifier() rejects labels and options that make no sense", async () => {
  await initBackend();
  const network = createFaceHead({ inputSize: 1, nClasses: 2, random: new Random(1) });
  const source = (labels: number[], rows = labels.length) => ({
    rows,
    labels: Int32Array.from(labels),
    batch: (indices: Int32Array) => new Float32Array(indices.length),
  });
  assert.throws(() => trainClassifier(network, source([])), /cannot train on 0 rows/);
  assert.throws(() => trainClassifier(network, source([0, 1], 3)), /3 rows with 2 labels/);
  assert.throws(() => trainClassifier(network, source([0, 2])), /label 2 is out of range/);
  assert.throws(() => trainClassifier(network, source([0, 1]), { batchSize: 0 }), /batchSize/);
  assert.throws(() => trainClassifier(network, source([0, 1]), { epochs: 1.5 }), /epochs/);
  assert.throws(
    () => trainClassifier(network, source([0, 1]), { learningRate: -1 }),
    /learningRate/,
  );
  network.dispose();
});

Deno.test("predictNetwork() gives the same whatever the size of its batches", async () => {
  await initBackend();
  const { x } = waves();
  const network = createCnn1d({ inputSize: 32, nClasses: 2, random: new Random(1) });
  const whole = predictNetwork(network, matrixRows(x));
  const parts = predictNetwork(network, matrixRows(x), { batchSize: 7 });
  assert.throws(() => predictNetwork(network, matrixRows(x), { batchSize: 0 }), RangeError);
  network.dispose();
  for (const key of ["features", "probabilities"] as const) {
    assert.equal(whole[key].rows, 20);
    whole[key].data.forEach((value, i) => assert(Math.abs(value - parts[key].data[i]) < 1e-6));
  }
});

Deno.test("trainClassifier() warms up: the first steps are a share of what they would be", async () => {
  await initBackend();
  const { x, labels } = waves();
  /** How far the first step moves the weights, which is as far as Adam's step size says. */
  const moved = (warmUp?: number) => {
    const network = createCnn1d({ inputSize: 32, nClasses: 2, random: new Random(1) });
    const before = network.variables.tensors()["dense_1/bias"].data;
    const options = { batchSize: 20, epochs: 10, learningRate: 1e-3, seed: 1, warmUp };
    const stopped = new Error("one step is enough");
    assert.throws(() =>
      trainClassifier(network, { ...matrixRows(x), labels }, {
        ...options,
        onEpoch: () => {
          throw stopped;
        },
      }), stopped);
    const after = network.variables.tensors()["dense_1/bias"].data;
    network.dispose();
    return Math.abs(after[0] - before[0]);
  };
  const full = moved();
  assert(Math.abs(moved(0.5) / full - 1 / 5) < 1e-3);
  assert.equal(moved(0.1), full);
});

Deno.test("trainClassifier() with smoothed labels becomes as sure as the label's share, and no surer", async () => {
  await initBackend();
  const source = {
    rows: 2,
    labels: Int32Array.of(0, 1),
    batch: (indices: Int32Array) =>
      Float32Array.from(Array.from(indices, (i) => i === 0 ? [1, 0] : [0, 1]).flat()),
  };
  const fit = (labelSmoothing: number) => {
    const variables = new VariableSet();
    const dense = denseLayer(variables, "dense", 2, 2, new Random(1));
    const network: Network = {
      inputSize: 2,
      featureSize: 2,
      nClasses: 2,
      variables,
      forward: (x) => ({ features: x, logits: dense(x) }),
      dispose: () => variables.dispose(),
    };
    const options = { epochs: 300, learningRate: 0.05, labelSmoothing };
    const history = trainClassifier(network, source, options);
    const { probabilities } = predictNetwork(network, source);
    network.dispose();
    return { sure: probabilities.row(0)[0], loss: history.at(-1)!.loss };
  };
  const [plain, smooth] = [fit(0), fit(0.4)];
  assert(plain.sure > 0.99 && plain.loss < 0.01, `${plain.sure}`);
  // Of two classes the label keeps 0.8, and the loss cannot fall below the entropy of 0.8 and 0.2.
  assert(Math.abs(smooth.sure - 0.8) < 1e-3, `${smooth.sure}`);
  assert(Math.abs(smooth.loss + 0.8 * Math.log(0.8) + 0.2 * Math.log(0.2)) < 1e-3);
});

Deno.test("trainClassifier() refuses a warm-up and a smoothing that are no shares", async () => {
  await initBackend();
  const { x, labels } = waves();
  const network = createCnn1d({ inputSize: 32, nClasses: 2, random: new Random(1) });
  const fit = (options: object) => () =>
    trainClassifier(network, { ...matrixRows(x), labels }, options);
  assert.throws(fit({ warmUp: 1.5 }), /warmUp must be from 0 to 1, got 1.5/);
  assert.throws(fit({ labelSmoothing: 1 }), /labelSmoothing must be at least 0 and below 1, got 1/);
  network.dispose();
});
