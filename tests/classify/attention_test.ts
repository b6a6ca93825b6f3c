import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { ModelStateError } from "../../src/classify/model_state.ts";
import { Attention, type AttentionOptions } from "../../src/classify/networks/attention.ts";
import type { SequencePart } from "../../src/classify/networks/sequence_part.ts";
import { classifierFromState, createClassifier } from "../../src/classify/registry.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { FitError } from "../../src/numeric/fit_error.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { Random } from "../../src/numeric/random.ts";
import { OneModality } from "../../src/pipeline/fold/one_modality.ts";
import { assertRefused, throughFile } from "./through_file.ts";

const FRAMES = 16;
const PARTS: readonly SequencePart[] = [
  { modality: "audio", channels: 4 },
  { modality: "video", channels: 2, mirrored: [1] },
];
const WIDTH = 6;

/**
 * Rows of four classes: the voice rises or falls, and so does the face; together they tell the class, either alone
 * one of two.
 */
function duets(seed: number, n = 48): { x: Matrix; y: Int32Array; groups: string[] } {
  const random = new Random(seed);
  const y = Int32Array.from({ length: n }, (_, i) => i % 4);
  const x = new Matrix(n, FRAMES * WIDTH);
  y.forEach((label, r) => {
    const [voice, face] = [label & 1 ? 1 : -1, label & 2 ? 1 : -1];
    for (let t = 0; t < FRAMES; t++) {
      const slope = 2 * t / (FRAMES - 1) - 1;
      for (let c = 0; c < WIDTH; c++) x.row(r)[t * WIDTH + c] = 0.4 * random.normal();
      x.row(r)[t * WIDTH] += 1.5 * voice * slope;
      x.row(r)[t * WIDTH + 4] += 1.5 * face * slope;
    }
  });
  return { x, y, groups: Array.from(y, (_, i) => `speaker ${Math.floor(i / 8)}`) };
}

const quick: AttentionOptions = { parts: PARTS, epochs: 2, seed: 3 };
/** Long enough to learn. */
const learner: AttentionOptions = {
  ...{ parts: PARTS, batchSize: 16, epochs: 40, learningRate: 2e-3, seed: 3 },
  earlyStopping: undefined,
  augment: { missing: 0.2 },
};

Deno.test("attention learns a rule that needs voice and face, and tells what either alone can tell", async () => {
  await initBackend();
  const { x, y } = duets(1);
  const model = new Attention(learner);
  model.fit(x, y, 4);
  const losses = model.history.map(({ loss }) => loss);
  assert(losses.at(-1)! < 0.7 * losses[0], `${losses[0]} to ${losses.at(-1)}`);
  const unseen = duets(2);
  const share = (predicted: Int32Array, like: (a: number, b: number) => boolean) =>
    predicted.filter((label, i) => like(label, unseen.y[i])).length / predicted.length;
  const both = share(model.predict(unseen.x), (a, b) => a === b);
  assert(both >= 0.9, `${both} by both`);
  for (const [modality, bit] of [["audio", 1], ["video", 2]] as const) {
    const alone = model.predict(new OneModality(PARTS, modality).transform(unseen.x));
    const half = share(alone, (a, b) => (a & bit) === (b & bit));
    const all = share(alone, (a, b) => a === b);
    assert(half >= 0.9 && all <= 0.75, `${half} and ${all} by ${modality}`);
  }
  const proba = model.predictProba(unseen.x);
  for (let r = 0; r < proba.rows; r++) {
    assert(Math.abs(proba.row(r).reduce((sum, p) => sum + p) - 1) < 1e-6);
  }
  model.dispose();
});

Deno.test("attention stops early by whole groups, without a changed row among them", async () => {
  await initBackend();
  const { x, y, groups } = duets(1);
  const model = new Attention(quick);
  model.fit(x, y, 4, groups);
  assert.equal(model.warning, undefined);
  assert(model.history.every(({ valLoss }) => valLoss! > 0));
  model.fit(x, y, 4, groups.map(() => "one speaker"));
  assert.match(model.warning!, /too few groups/);
  model.dispose();
});

Deno.test("attention repeats itself bit for bit for a seed", async () => {
  await initBackend();
  const { x, y, groups } = duets(1);
  const run = (seed: number) => {
    const model = new Attention({ ...quick, seed });
    model.fit(x, y, 4, groups);
    const state = model.state();
    model.dispose();
    return state;
  };
  assert.deepEqual(run(1), run(1));
  assert.notDeepEqual(run(1), run(2));
});

Deno.test("attention comes back from a file with what a frame holds and its predictions", async () => {
  await initBackend();
  const { x, y, groups } = duets(1);
  const model = new Attention(quick);
  model.fit(x, y, 4, groups);
  const state = throughFile(model.state());
  const again = classifierFromState(state);
  assert(again instanceof Attention);
  assert.deepEqual(again.predictProba(x), model.predictProba(x));
  assert.deepEqual(again.embed(x), model.embed(x));
  assert.deepEqual(again.state(), model.state());
  again.dispose();
  model.dispose();

  const before = tf.memory().numTensors;
  const [voice, face] = state.settings.parts as unknown[];
  for (const parts of [undefined, [], [voice, face, face], [face, { modality: "smell" }]]) {
    assertRefused(
      state,
      { settings: { ...state.settings, parts } },
      /does not say what a frame holds/,
    );
  }
  assertRefused(
    state,
    { settings: { ...state.settings, parts: [voice] } },
    /does not fit: the network has no/,
  );
  const { "second/missing": _, ...incomplete } = state.tensors;
  assertRefused(state, { tensors: incomplete }, /"second\/missing" is missing/);
  assert.throws(() => Attention.fromState({ ...state, model: "lda" }), ModelStateError);
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("attention takes one modality, and refuses rows that are no frames of what it is told", async () => {
  await initBackend();
  const { x, y } = duets(1, 16);
  const before = tf.memory().numTensors;
  const alone = createClassifier("attention", { seed: 1, channels: WIDTH });
  assert(alone instanceof Attention);
  alone.dispose();
  const face = new Attention({ ...quick, parts: [{ modality: "video", channels: WIDTH }] });
  face.fit(x, y, 4);
  assert.equal(face.embed(x).cols, 64);
  face.dispose();
  const parts = [{ modality: "audio", channels: 5 }] as const;
  assert.throws(() => new Attention({ ...quick, parts }).fit(x, y, 4), FitError);
  assert.equal(tf.memory().numTensors, before);
});
