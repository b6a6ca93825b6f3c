import assert from "node:assert/strict";
import { initBackend } from "../../src/nn/backend.ts";
import {
  createVgg16Random,
  describeVgg16Face,
  VGG16_LAYERS,
  vgg16FeatureSize,
  vgg16RandomHash,
} from "../../models/vgg16_face.ts";

const SMALL = { n: 1, height: 40, width: 65 };

Deno.test("VGG16_LAYERS is configuration D of VGG", () => {
  assert.deepEqual(
    VGG16_LAYERS.map(({ name, inputs, outputs, pooled }) =>
      `${name} ${inputs}-${outputs}${pooled ? " pool" : ""}`
    ),
    [
      "conv1_1 3-64",
      "conv1_2 64-64 pool",
      "conv2_1 64-128",
      "conv2_2 128-128 pool",
      "conv3_1 128-256",
      "conv3_2 256-256",
      "conv3_3 256-256 pool",
      "conv4_1 256-512",
      "conv4_2 512-512",
      "conv4_3 512-512 pool",
      "conv5_1 512-512",
      "conv5_2 512-512",
      "conv5_3 512-512 pool",
    ],
  );
});

Deno.test("createVgg16Random() draws the same network from the same seed, another from another", async () => {
  await initBackend();
  const frames = Uint8Array.from({ length: 40 * 65 * 3 }, (_, i) => (i * 37) % 256);
  const features = [];
  for (const seed of [3, 3, 4]) {
    const backbone = await createVgg16Random(seed);
    assert.equal(backbone.name, "vgg16-random");
    assert.equal(backbone.weightsHash, await vgg16RandomHash(seed));
    features.push(backbone.embed(frames, SMALL));
    backbone.dispose();
  }
  assert.equal(features[0].length, 1 * 2 * 512);
  assert.deepEqual(features[0], features[1]);
  assert.notDeepEqual(features[0], features[2]);
  // He's initialisation keeps the scale of the input (0 to 255) through thirteen layers.
  const largest = Math.max(...features[0]);
  assert.ok(largest > 10 && largest < 10_000, `largest ${largest}`);
});

Deno.test("vgg16RandomHash() differs by seed", async () => {
  assert.notEqual(await vgg16RandomHash(1), await vgg16RandomHash(2));
});

Deno.test("vgg16FeatureSize() counts the cells that five poolings leave", () => {
  assert.equal(vgg16FeatureSize(128, 227), 14336);
  assert.equal(vgg16FeatureSize(224, 224), 7 * 7 * 512);
  assert.throws(() => vgg16FeatureSize(31, 227), RangeError);
});

Deno.test("describeVgg16Face() names the layer that weights lack", async () => {
  await assert.rejects(describeVgg16Face({ tensors: {}, metadata: {} }), {
    name: "WeightsError",
    message: /layer conv1_1 has no kernel: expected one of shape \[3, 3, 3, 64\]/,
  });
});
