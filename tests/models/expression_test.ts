import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { createExpression, EXPRESSIONS } from "../../models/expressions/expression.ts";
import { sha256Hex } from "../../models/sha256.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { readPackageFile } from "../../src/weights/package_file.ts";
import { realFace } from "../vision/real_faces.ts";

const PACKAGE = "@vladmandic/human";
const manifest = new TextDecoder().decode(
  await readPackageFile({ packageName: PACKAGE, path: "../models/emotion.json" }),
);
const weights = await readPackageFile({ packageName: PACKAGE, path: "../models/emotion.bin" });

/** The probabilities that the published graph gives for a picture of 128 x 128, made smaller by hand. */
async function graphProbabilities(pixels: Uint8Array): Promise<Float32Array> {
  const { modelTopology, weightsManifest } = JSON.parse(manifest);
  const graph = await tf.loadGraphModel({
    load: () =>
      Promise.resolve({
        modelTopology,
        weightSpecs: weightsManifest[0].weights,
        weightData: weights.slice().buffer,
        format: "graph-model",
      }),
  });
  const grey = Float32Array.from({ length: 64 * 64 }, (_, i) => {
    const [x, y] = [i % 64, Math.floor(i / 64)];
    const corners = [[0, 0], [1, 0], [0, 1], [1, 1]].map(([dx, dy]) =>
      ((2 * y + dy) * 128 + 2 * x + dx) * 3
    );
    const sum = corners.reduce(
      (sum, at) => sum + 0.299 * pixels[at] + 0.587 * pixels[at + 1] + 0.114 * pixels[at + 2],
      0,
    );
    return sum / 4 / 127.5 - 1;
  });
  const probabilities = tf.tidy(() =>
    (graph.execute(tf.tensor4d(grey, [1, 64, 64, 1])) as tf.Tensor).dataSync<"float32">()
  );
  graph.dispose();
  return probabilities;
}

Deno.test("createExpression() gives the logarithms of the published graph's probabilities", async () => {
  await initBackend();
  const network = await createExpression({ manifest, weights });
  assert.equal(network.weightsHash, await sha256Hex(weights));
  for (const name of ["man", "woman", "blonde"] as const) {
    const { pixels } = await realFace(name, 128);
    const got = network.embed(pixels, { n: 1, height: 128, width: 128 });
    assert.equal(got.length, EXPRESSIONS.length);
    const expected = await graphProbabilities(pixels);
    expected.forEach((p, i) => assert(Math.abs(Math.exp(got[i]) - p) < 1e-4, `${name}, ${i}`));
  }
  network.dispose();
});

Deno.test("createExpression() sees the same in a picture of another size", async () => {
  await initBackend();
  const network = await createExpression({ manifest, weights });
  const [small, large] = await Promise.all([realFace("woman", 128), realFace("woman", 256)]);
  const of = ({ pixels, side }: typeof small) =>
    network.embed(pixels, { n: 1, height: side, width: side }).map(Math.exp);
  const [one, other] = [of(small), of(large)];
  one.forEach((p, i) => assert(Math.abs(p - other[i]) < 0.1, `${i}: ${p}, ${other[i]}`));
  network.dispose();
});

Deno.test("createExpression() embeds a frame alike alone and in any batch, and frees its memory", async () => {
  await initBackend();
  const before = tf.memory().numTensors;
  const network = await createExpression({ manifest, weights });
  const faces = await Promise.all(
    (["man", "woman", "blonde"] as const).map((name) => realFace(name, 64)),
  );
  const n = 9;
  const frames = new Uint8Array(n * 64 * 64 * 3);
  for (let i = 0; i < n; i++) frames.set(faces[i % 3].pixels, i * 64 * 64 * 3);
  const together = network.embed(frames, { n, height: 64, width: 64 });
  for (let i = 0; i < n; i++) {
    const alone = network.embed(faces[i % 3].pixels, { n: 1, height: 64, width: 64 });
    assert.deepEqual(alone, together.slice(i * 7, (i + 1) * 7));
  }
  assert.notDeepEqual(together.slice(0, 7), together.slice(7, 14));
  network.dispose();
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("createExpression() rejects files that are damaged or of another network", async () => {
  await initBackend();
  await assert.rejects(createExpression({ manifest: "{", weights }), {
    name: "WeightsError",
    message: /emotion\.json is not JSON/,
  });
  await assert.rejects(createExpression({ manifest, weights: weights.slice(0, 1000) }), {
    name: "WeightsError",
    message: /but there are 1000/,
  });
  const other = manifest.replaceAll('"Identity"', '"Other"');
  await assert.rejects(createExpression({ manifest: other, weights }), {
    name: "WeightsError",
    message: /no output "Identity:0"/,
  });
});
