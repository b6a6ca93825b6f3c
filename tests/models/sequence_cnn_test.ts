import assert from "node:assert/strict";
import { createSequenceCnn } from "../../models/sequence_cnn.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { predictNetwork } from "../../src/nn/predict.ts";
import { Random } from "../../src/numeric/random.ts";
import { matrixRows } from "../../src/nn/row_source.ts";
import { trainClassifier } from "../../src/nn/train.ts";

Deno.test("createSequenceCnn() trains and predicts from 32 frames on, and says so below", async () => {
  await initBackend();
  const make = (frames: number) =>
    createSequenceCnn({ inputSize: frames * 3, channels: 3, nClasses: 2, random: new Random(1) });
  const random = new Random(2);
  for (const frames of [32, 33, 34, 35, 36]) {
    const network = make(frames);
    const x = new Matrix(4, frames * 3).data.map(() => random.normal());
    const source = matrixRows(new Matrix(4, frames * 3, x));
    trainClassifier(network, { ...source, labels: Int32Array.of(0, 1, 0, 1) }, { epochs: 2 });
    const { probabilities } = predictNetwork(network, source);
    network.dispose();
    assert(probabilities.data.every((p) => p > 0 && p < 1), `${frames} frames`);
  }
  for (const frames of [31, 24, 0, 32.5]) {
    assert.throws(() => make(frames), /at least 32 frames of 3 numbers/, `${frames} frames`);
  }
});
