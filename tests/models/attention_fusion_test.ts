import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  type AttentionFusionOptions,
  createAttentionFusion,
} from "../../models/attention_fusion.ts";
import { Adam } from "../../src/nn/adam.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { trainStep } from "../../src/nn/train.ts";
import { Random } from "../../src/numeric/random.ts";

const FRAMES = 12, CHANNELS = [3, 2] as const, WIDTH = 5;

function network(options: Partial<AttentionFusionOptions> = {}) {
  return createAttentionFusion({
    ...{ inputSize: FRAMES * WIDTH, channels: CHANNELS, nClasses: 3, places: 6 },
    random: new Random(1),
    ...options,
  });
}

/** Rows of noise; of those whose numbers are given, one part is 0: the first of `noFirst`, the second of `noSecond`. */
function noise(n: number, { noFirst = [], noSecond = [] }: Record<string, number[]> = {}) {
  const random = new Random(2);
  return Float32Array.from({ length: n * FRAMES * WIDTH }, (_, i) => {
    const value = random.normal();
    const row = Math.floor(i / (FRAMES * WIDTH));
    return (i % WIDTH < CHANNELS[0] ? noFirst : noSecond).includes(row) ? 0 : value;
  });
}

function logits(model: ReturnType<typeof network>, x: Float32Array): Float32Array[] {
  const n = x.length / model.inputSize;
  const all = tf.tidy(() =>
    model.forward(tf.tensor2d(x, [n, model.inputSize])).logits.dataSync<"float32">()
  );
  return Array.from({ length: n }, (_, i) => all.subarray(i * 3, (i + 1) * 3));
}

Deno.test("every weight of attention fusion is changed by one step on rows some of which lack a modality", async () => {
  await initBackend();
  const model = network();
  const before = model.variables.tensors();
  const adam = new Adam(model.variables.trainable, { learningRate: 1e-3 });
  const x = noise(6, { noFirst: [0], noSecond: [1] });
  trainStep(model, adam, x, Int32Array.of(0, 1, 2, 0, 1, 2), new Random(3), 0.1);
  const after = model.variables.tensors();
  for (const [name, { data }] of Object.entries(before)) {
    assert(after[name].data.some((value, i) => value !== data[i]), name);
  }
  adam.dispose();
  model.dispose();
});

Deno.test("attention fusion puts a learned token in the place of a missing modality, row by row", async () => {
  await initBackend();
  const model = network();
  const x = noise(3, { noFirst: [1] });
  const [whole, lacking] = logits(model, x);
  const { "first/missing": token, ...others } = model.variables.tensors();
  const other = { ...token, data: Float32Array.from(token.data, () => 0.7) };
  model.variables.assign({ ...others, "first/missing": other });
  const [sameWhole, otherLacking] = logits(model, x);
  assert.deepEqual(sameWhole, whole);
  assert.notDeepEqual(otherLacking, lacking);
  model.dispose();
});

Deno.test("in attention fusion each modality attends to the other", async () => {
  await initBackend();
  const model = network();
  const x = noise(2);
  // The second row is the first with another face.
  for (let t = 0; t < FRAMES * WIDTH; t++) {
    if (t % WIDTH < CHANNELS[0]) x[FRAMES * WIDTH + t] = x[t];
  }
  const [a, b] = tf.tidy(() => {
    const { features } = model.forward(tf.tensor2d(x, [2, model.inputSize]));
    return features.arraySync() as number[][];
  });
  const voice = (row: number[]) => row.slice(0, row.length / 2);
  assert.notDeepEqual(voice(a), voice(b));
  model.dispose();
});

Deno.test("attention over one modality has nothing to cross and nothing that may be missing", async () => {
  await initBackend();
  const model = network({ channels: [WIDTH] });
  assert.equal(model.featureSize, 64);
  const names = Object.keys(model.variables.tensors());
  assert(names.every((name) => !/cross|missing|second/.test(name)), names.join());
  assert(logits(model, noise(2))[0].every(Number.isFinite));
  model.dispose();
});

Deno.test("attention fusion thins sequences to so many places, and refuses what is no sequence", async () => {
  await initBackend();
  const kernelOf = (places?: number) => {
    const model = network({ places });
    const { shape } = model.variables.tensors()["first/embed/kernel"];
    model.dispose();
    return shape;
  };
  assert.deepEqual(kernelOf(6), [2 * 3, 64]);
  assert.deepEqual(kernelOf(5), [3 * 3, 64]);
  assert.deepEqual(kernelOf(), [3, 64]);
  const before = tf.memory().numTensors;
  assert.throws(() => network({ inputSize: 61 }), /whole frames of 5 numbers, got 61/);
  assert.throws(() => network({ channels: [1, 2, 2] }), /one or two modalities, got 3/);
  assert.throws(() => network({ places: 0 }), /places must be a positive integer/);
  assert.equal(tf.memory().numTensors, before);
});
