import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import type { FrameShape } from "../../models/backbone.ts";
import { createFaceres } from "../../models/faceres.ts";
import { sha256Hex } from "../../models/sha256.ts";
import { WasmDecoder } from "../../src/media/wasm_decoder.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { Random } from "../../src/numeric/random.ts";
import { readPackageFile } from "../../src/weights/package_file.ts";
import { ravdessTest } from "../ravdess.ts";

const PACKAGE = "@vladmandic/human";
const manifest = new TextDecoder().decode(
  await readPackageFile({ packageName: PACKAGE, path: "../models/faceres.json" }),
);
const weights = await readPackageFile({ packageName: PACKAGE, path: "../models/faceres.bin" });

/** Smooth ramps with a texture: no two frames alike. */
function pictures(n: number, height: number, width: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: n * height * width * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    const [x, y] = [pixel % width, Math.floor(pixel / width) % height];
    const frame = Math.floor(pixel / (width * height));
    return (x + 2 * y + 60 * (i % 3) + 35 * frame + (x * y) % 17) & 255;
  });
}

/** The features that the published graph gives for `frames`, resized as Emofuse does it. */
async function graphFeatures(
  frames: Uint8Array,
  { n, height, width }: FrameShape,
): Promise<Float32Array> {
  const { modelTopology, weightsManifest } = JSON.parse(manifest);
  const graph = await tf.loadGraphModel({
    load: () =>
      Promise.resolve({
        modelTopology,
        weightSpecs: weightsManifest[0].weights,
        weightData: weights.buffer,
        format: "graph-model",
      }),
  });
  const features = tf.tidy(() => {
    const rgb = tf.tensor4d(frames, [n, height, width, 3], "int32").toFloat<tf.Tensor4D>();
    const bgr = tf.image.resizeBilinear(rgb, [224, 224], false, true).reverse(3)
      .sub([103.939, 116.779, 123.68]);
    return (graph.execute(bgr, "global_pooling/Mean") as tf.Tensor).dataSync<"float32">();
  });
  graph.dispose();
  return features;
}

/** Checks that the rebuilt network gives the graph's features within 1e-4 of the largest. */
async function assertGraphFeatures(frames: Uint8Array, shape: FrameShape): Promise<void> {
  await initBackend();
  const expected = await graphFeatures(frames, shape);
  const backbone = await createFaceres({ manifest, weights });
  assert.equal(backbone.weightsHash, await sha256Hex(weights));
  const got = backbone.embed(frames, shape);
  backbone.dispose();
  assert.equal(got.length, shape.n * 1024);
  const largest = expected.reduce((max, value) => Math.max(max, value), 0);
  assert.ok(largest > 0.1);
  got.forEach((value, i) => {
    assert.ok(Math.abs(value - expected[i]) <= 1e-4 * largest, `value ${i}`);
  });
}

Deno.test("createFaceres() gives what the published graph gives", async () => {
  const shape = { n: 2, height: 224, width: 224 };
  await assertGraphFeatures(pictures(2, 224, 224), shape);
});

Deno.test("createFaceres() gives the graph's features for black, white and noisy frames", async () => {
  const [height, width] = [50, 70];
  const length = height * width * 3;
  const frames = new Uint8Array(3 * length);
  frames.fill(255, length, 2 * length);
  const random = new Random(1);
  for (let i = 2 * length; i < frames.length; i++) frames[i] = random.int(256);
  await assertGraphFeatures(frames, { n: 3, height, width });
});

ravdessTest("createFaceres() gives the graph's features for a real face", async (dir) => {
  const decoder = new WasmDecoder();
  try {
    const { frames, frameCount } = await decoder.decode(
      `${dir}/original/Actor_01/01-01-01-01-01-01-01.mp4`,
      { seconds: 1, fps: 4, width: 227, height: 128, sound: false },
    );
    await assertGraphFeatures(frames, { n: frameCount, height: 128, width: 227 });
  } finally {
    await decoder.close();
  }
});

Deno.test("createFaceres() embeds a frame alike alone and in any batch, and frees its memory", async () => {
  await initBackend();
  const before = tf.memory().numTensors;
  const backbone = await createFaceres({ manifest, weights });
  const [n, height, width] = [9, 48, 64];
  const frames = pictures(n, height, width);
  const together = backbone.embed(frames, { n, height, width });
  for (const i of [0, 7, 8]) {
    const length = height * width * 3;
    const alone = backbone.embed(frames.subarray(i * length, (i + 1) * length), {
      n: 1,
      height,
      width,
    });
    assert.deepEqual(alone, together.slice(i * 1024, (i + 1) * 1024));
  }
  assert.notDeepEqual(together.slice(0, 1024), together.slice(1024, 2048));
  assert.deepEqual(backbone.embed(new Uint8Array(), { n: 0, height, width }), new Float32Array());
  backbone.dispose();
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("createFaceres() rejects files that are damaged or of another network", async () => {
  await initBackend();
  await assert.rejects(createFaceres({ manifest: "{", weights }), {
    name: "WeightsError",
    message: /faceres\.json is not JSON/,
  });
  await assert.rejects(createFaceres({ manifest, weights: weights.slice(0, 1000) }), {
    name: "WeightsError",
    message: /but there are 1000/,
  });
  const renamed = manifest.replaceAll("conv_pw_13/convolution", "conv_pw_99/convolution");
  await assert.rejects(createFaceres({ manifest: renamed, weights }), {
    name: "WeightsError",
    message: /"conv_pw_13\/convolution\/merged_input" of shape \[1,1,1024,1024\], got none/,
  });
});

Deno.test("embed() rejects frames of another size than announced", async () => {
  await initBackend();
  const backbone = await createFaceres({ manifest, weights });
  assert.throws(() => backbone.embed(new Uint8Array(10), { n: 1, height: 2, width: 2 }), {
    name: "RangeError",
    message: "frames of shape [1, 2, 2, 3] need 12 values, got 10",
  });
  backbone.dispose();
});
