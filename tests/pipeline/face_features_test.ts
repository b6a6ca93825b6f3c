import assert from "node:assert/strict";
import { initBackend } from "../../src/nn/backend.ts";
import { faceFeatures } from "../../src/pipeline/face_features.ts";
import { syntheticFold } from "./synthetic_fold.ts";

async function withFold(
  work: (fold: ReturnType<typeof syntheticFold>) => void,
): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await initBackend();
    work(syntheticFold(dir));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("faceFeatures() stops its head by whole groups of training samples, where asked", () =>
  withFold(({ video, labels, train, groups }) => {
    const plain = faceFeatures(video!, labels, train, 2, 1);
    assert.equal(plain.history.length, 20);
    assert.equal(plain.history[0].valLoss, undefined);
    // A group has one sample of each class: two of six groups are a third of the training set.
    const stopping = { share: 0.34, patience: 2, groups };
    const stopped = faceFeatures(video!, labels, train, 2, 1, stopping);
    assert(stopped.history.every(({ valLoss }) => valLoss! > 0));
    assert.notDeepEqual(stopped.state.tensors, plain.state.tensors);
    // Samples beyond `train` have no part in it, whatever their labels.
    const others = labels.map((label, i) => train.includes(i) ? label : 1 - label);
    const again = faceFeatures(video!, others, train, 2, 1, stopping);
    assert.deepEqual(again.state.tensors, stopped.state.tensors);
    assert.deepEqual(again.history, stopped.history);
  }));

Deno.test("faceFeatures() trains its head for all epochs where there are too few groups to hold out", () =>
  withFold(({ video, labels, train }) => {
    const stopping = { share: 0.2, patience: 1, groups: Array.from(labels, () => "one") };
    const { history } = faceFeatures(video!, labels, train, 2, 1, stopping);
    assert.equal(history.length, 20);
  }));
