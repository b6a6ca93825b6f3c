import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { createMlp } from "../../models/mlp.ts";
import { Cnn1d } from "../../src/classify/networks/cnn1d.ts";
import { NotFittedError } from "../../src/classify/fit_input.ts";
import { Mlp } from "../../src/classify/networks/mlp.ts";
import { ModelStateError } from "../../src/classify/model_state.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { holdOutGroups } from "../../src/split/hold_out_groups.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { deriveSeed, Random } from "../../src/numeric/random.ts";
import { matrixRows } from "../../src/nn/row_source.ts";
import { decodeSafetensors, encodeSafetensors } from "../../src/numeric/safetensors.ts";
import { trainClassifier } from "../../src/nn/train.ts";

/** 24 rows of 20 numbers of the classes 0, 2 and 3 of 4, each around its own level. */
function blobs(): { x: Matrix; y: Int32Array } {
  const random = new Random(9);
  const y = Int32Array.from({ length: 24 }, (_, i) => [0, 2, 3][i % 3]);
  const x = new Matrix(24, 20);
  y.forEach((label, r) => {
    for (let c = 0; c < 20; c++) x.row(r)[c] = (c % 4 === label ? 2 : 0) + 0.3 * random.normal();
  });
  return { x, y };
}

for (const [Model, width] of [[Cnn1d, 128], [Mlp, 16]] as const) {
  // The moving statistics of batch normalisation follow slowly: prediction needs some hundred steps.
  const settings = { epochs: 150, learningRate: 2e-3, seed: 3 };

  Deno.test(`${Model.name} learns and gives a class without samples probability 0`, async () => {
    await initBackend();
    const { x, y } = blobs();
    const model = new Model(settings);
    model.fit(x, y, 4);
    assert.deepEqual(model.predict(x), y);
    const proba = model.predictProba(x);
    assert.equal(proba.cols, 4);
    for (let r = 0; r < x.rows; r++) {
      assert.equal(proba.row(r)[1], 0);
      assert(Math.abs(proba.row(r).reduce((sum, p) => sum + p) - 1) < 1e-6);
    }
    assert.equal(model.embed(x).cols, width);
    model.dispose();
  });

  Deno.test(`${Model.name} repeats itself bit for bit for a seed`, async () => {
    await initBackend();
    const { x, y } = blobs();
    const run = (seed: number) => {
      const model = new Model({ epochs: 2, seed });
      model.fit(x, y, 4);
      const state = model.state();
      model.dispose();
      return state;
    };
    assert.deepEqual(run(1), run(1));
    assert.notDeepEqual(run(1), run(2));
  });

  Deno.test(`${Model.name} comes back from a file with the same predictions`, async () => {
    await initBackend();
    const { x, y } = blobs();
    const model = new Model({ epochs: 2 });
    model.fit(x, y, 4);
    const { model: name, settings, tensors } = model.state();
    const state = {
      model: name,
      settings: JSON.parse(JSON.stringify(settings)),
      tensors: decodeSafetensors(encodeSafetensors(tensors)).tensors,
    };
    const restored = Model.fromState(state);
    assert.deepEqual(restored.predictProba(x), model.predictProba(x));
    assert.deepEqual(restored.embed(x), model.embed(x));
    assert.deepEqual(restored.state(), model.state());
    restored.dispose();
    model.dispose();
    const { "dense/bias": _, ...incomplete } = tensors;
    const before = tf.memory().numTensors;
    assert.throws(() => Model.fromState({ ...state, tensors: incomplete }), (error: unknown) => {
      assert(error instanceof ModelStateError);
      assert.match(error.message, /"dense\/bias" is missing/);
      return true;
    });
    assert.equal(tf.memory().numTensors, before);
    assert.throws(() => Model.fromState({ ...state, model: "lda" }), ModelStateError);
  });

  Deno.test(`${Model.name} frees its tensors, also when fitted again`, async () => {
    await initBackend();
    const { x, y } = blobs();
    const before = tf.memory().numTensors;
    const model = new Model({ epochs: 1 });
    model.fit(x, y, 4);
    model.fit(x, y, 4);
    model.predict(x);
    model.dispose();
    assert.equal(tf.memory().numTensors, before);
    assert.throws(() => model.predict(x), NotFittedError);
  });

  Deno.test(`${Model.name} rejects what does not fit`, async () => {
    await initBackend();
    const { x, y } = blobs();
    const model = new Model({ epochs: 1 });
    assert.throws(() => model.state(), NotFittedError);
    assert.throws(() => model.fit(x, y.slice(1), 4), RangeError);
    assert.throws(() => model.fit(x, new Int32Array(24), 4), /at least two classes/);
    model.fit(x, y, 4);
    assert.throws(() => model.predict(new Matrix(1, 19)), /fitted with 20 features/);
    model.dispose();
  });
}

Deno.test("Cnn1d says how long a row must be", async () => {
  await initBackend();
  const x = new Matrix(2, 9);
  assert.throws(() => new Cnn1d().fit(x, Int32Array.of(0, 1), 2), /at least 10 numbers, got 9/);
});

Deno.test("Cnn1d without early stopping learns from all rows, whatever their groups", async () => {
  await initBackend();
  const { x, y } = blobs();
  const [plain, grouped] = [new Cnn1d({ epochs: 2 }), new Cnn1d({ epochs: 2 })];
  plain.fit(x, y, 4);
  grouped.fit(x, y, 4, Array.from(y, (_, i) => `take ${i}`));
  assert.deepEqual(grouped.state(), plain.state());
  assert.deepEqual(grouped.history, plain.history);
  assert.deepEqual(plain.history.map(({ epoch }) => epoch), [1, 2]);
  assert.equal(plain.history[0].valLoss, undefined);
  plain.dispose();
  assert.deepEqual(plain.history, []);
  grouped.dispose();
});

Deno.test("early stopping holds out whole groups and records the curve of both sides", async () => {
  await initBackend();
  const { x, y } = blobs();
  // Two rows a group of the same class; where the held-out rows lie decides what is learned.
  const groups = Array.from(y, (_, i) => `take ${i % 12}`);
  const options = { epochs: 40, learningRate: 2e-3, seed: 2 };
  const model = new Mlp({ ...options, earlyStopping: { share: 0.25, patience: 3 } });
  model.fit(x, y, 4, groups);
  assert.equal(model.warning, undefined);
  assert(model.history.every(({ valLoss, valUar }) => valLoss! > 0 && valUar! >= 0));

  // The same again by hand: the held-out groups are those of holdOutGroups, the others are trained on.
  const labels = y.map((c) => [0, 2, 3].indexOf(c));
  const held = holdOutGroups(labels, groups, 0.25, new Random(2).derive("validation"));
  assert.equal(new Set(Array.from(held, (i) => groups[i])).size, held.length / 2);
  const kept = Array.from(y.keys()).filter((i) => !held.includes(i));
  const network = createMlp({
    ...{ inputSize: 20, nClasses: 3, random: new Random(2).derive("weights") },
  });
  const rows = (indices: ArrayLike<number>) => ({
    ...matrixRows(x.selectRows(indices)),
    labels: Int32Array.from(indices, (i) => labels[i]),
  });
  const history = trainClassifier(network, rows(kept), {
    ...{ epochs: 40, learningRate: 2e-3, seed: deriveSeed(2, "training") },
    validation: { source: rows(held), patience: 3 },
  });
  assert.deepEqual(model.history, history);
  const { classes: _, ...weights } = model.state().tensors;
  assert.deepEqual(weights, network.variables.tensors());
  network.dispose();
  model.dispose();
});

Deno.test("early stopping that has nothing to hold out trains for all epochs and says so", async () => {
  await initBackend();
  const { x, y } = blobs();
  const model = new Mlp({ epochs: 3, earlyStopping: { share: 0.2, patience: 1 } });
  model.fit(x, y, 4, Array.from(y, (label) => `speaker ${label}`));
  assert.equal(model.history.length, 3);
  assert.match(model.warning!, /too few groups/);
  assert.throws(() => model.fit(x, y, 4, ["a"]), /24 rows of features but 1 groups/);
  model.dispose();
});
