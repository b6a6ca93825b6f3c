import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { Cnn2d } from "../../src/classify/networks/cnn2d.ts";
import { ModelStateError } from "../../src/classify/model_state.ts";
import { classifierFromState, createClassifier } from "../../src/classify/registry.ts";
import { SequenceCnn } from "../../src/classify/networks/sequence_cnn.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { FitError } from "../../src/numeric/fit_error.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { Random } from "../../src/numeric/random.ts";
import { assertRefused, throughFile } from "./through_file.ts";

const FRAMES = 32, CHANNELS = 8;

/**
 * Rows of 32 frames of 8 channels of the classes 0, 2 and 3 of 4: a wave that climbs through the channels, one
 * that falls, one that stays; each begins anywhere, so that only its course tells the class.
 */
function waves(seed: number, n = 36): { x: Matrix; y: Int32Array; groups: string[] } {
  const random = new Random(seed);
  const y = Int32Array.from({ length: n }, (_, i) => [0, 2, 3][i % 3]);
  const x = new Matrix(n, FRAMES * CHANNELS);
  y.forEach((label, r) => {
    const step = { 0: 1, 2: -1, 3: 0 }[label]!;
    const begin = random.int(CHANNELS);
    for (let t = 0; t < FRAMES; t++) {
      const row = x.row(r).subarray(t * CHANNELS, (t + 1) * CHANNELS);
      for (let c = 0; c < CHANNELS; c++) row[c] = 0.3 * random.normal();
      row[((begin + step * t) % CHANNELS + CHANNELS) % CHANNELS] += 2;
    }
  });
  return { x, y, groups: Array.from(y, (_, i) => `speaker ${Math.floor(i / 6)}`) };
}

for (const Model of [Cnn2d, SequenceCnn]) {
  const name = new Model().name;
  // The moving statistics of batch normalisation follow slowly: prediction needs some hundred steps.
  const settings = { channels: CHANNELS, batchSize: 8, learningRate: 2e-3, seed: 3 };
  const quick = { ...settings, epochs: 2 };

  Deno.test(`${name} learns how rows run, also of rows it has not seen`, async () => {
    await initBackend();
    const { x, y } = waves(1);
    const model = new Model({ ...settings, epochs: 70, earlyStopping: undefined });
    model.fit(x, y, 4);
    assert.equal(model.history.length, 70);
    const unseen = waves(2);
    const predicted = model.predict(unseen.x);
    const right = predicted.filter((label, i) => label === unseen.y[i]).length;
    assert(right >= 0.9 * unseen.y.length, `${right} of ${unseen.y.length}`);
    const proba = model.predictProba(unseen.x);
    for (let r = 0; r < proba.rows; r++) {
      assert.equal(proba.row(r)[1], 0, "a class without samples");
      assert(Math.abs(proba.row(r).reduce((sum, p) => sum + p) - 1) < 1e-6);
    }
    assert.equal(model.embed(x).cols, 128);
    model.dispose();
  });

  Deno.test(`${name} stops early by whole groups unless told otherwise`, async () => {
    await initBackend();
    const { x, y, groups } = waves(1);
    const model = new Model(quick);
    model.fit(x, y, 4, groups);
    assert.equal(model.warning, undefined);
    assert(model.history.every(({ valLoss }) => valLoss! > 0));
    model.fit(x, y, 4, groups.map(() => "one speaker"));
    assert.match(model.warning!, /too few groups/);
    assert(model.history.every(({ valLoss }) => valLoss === undefined));
    model.dispose();
  });

  Deno.test(`${name} repeats itself bit for bit for a seed`, async () => {
    await initBackend();
    const { x, y, groups } = waves(1);
    const run = (seed: number) => {
      const model = createClassifier(name, { seed, channels: CHANNELS });
      assert(model instanceof Model);
      model.dispose();
      const own = new Model({ ...quick, seed });
      own.fit(x, y, 4, groups);
      const state = own.state();
      own.dispose();
      return state;
    };
    assert.deepEqual(run(1), run(1));
    assert.notDeepEqual(run(1), run(2));
  });

  Deno.test(`${name} comes back from a file with its channels and predictions`, async () => {
    await initBackend();
    const { x, y, groups } = waves(1);
    const model = new Model(quick);
    model.fit(x, y, 4, groups);
    const state = throughFile(model.state());
    const again = classifierFromState(state);
    assert(again instanceof Model);
    assert.deepEqual(again.predictProba(x), model.predictProba(x));
    assert.deepEqual(again.state(), model.state());
    again.dispose();
    model.dispose();

    const before = tf.memory().numTensors;
    const { channels: _, ...without } = state.settings;
    assertRefused(state, { settings: without }, /does not say its channels/);
    assertRefused(
      state,
      { settings: { ...state.settings, channels: 7 } },
      /does not say its channels/,
    );
    const { "dense/bias": __, ...incomplete } = state.tensors;
    assertRefused(state, { tensors: incomplete }, /"dense\/bias" is missing/);
    assert.throws(() => Model.fromState({ ...state, model: "lda" }), ModelStateError);
    assert.equal(tf.memory().numTensors, before);
  });

  Deno.test(`${name} refuses rows that are no frames of its channels`, async () => {
    await initBackend();
    const { x, y } = waves(1);
    const before = tf.memory().numTensors;
    assert.throws(() => new Model({ ...quick, channels: 7 }).fit(x, y, 4), FitError);
    const short = new Matrix(x.rows, 4 * CHANNELS + 1);
    assert.throws(() => new Model(quick).fit(short, y, 4), FitError);
    assert.equal(tf.memory().numTensors, before);
  });
}
