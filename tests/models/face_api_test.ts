import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import { EXPRESSIONS } from "../../models/expressions/expression.ts";
import { createFaceApi } from "../../models/expressions/face_api.ts";
import { BACKBONES } from "../../models/registry.ts";
import { sha256Hex } from "../../models/sha256.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { backbonePart, restoreBackbone } from "../../src/recognize/bundle/backbone_part.ts";
import { readPackageFile } from "../../src/weights/package_file.ts";
import { realFace } from "../vision/real_faces.ts";

const files = await Promise.all(BACKBONES["face-api"].packageFiles!.map(readPackageFile));
const manifest = new TextDecoder().decode(files[0]);
const weights = files[1];

const SIDE = 112;

/** What `FaceExpressionNet.forward()` of @vladmandic/face-api 1.7.15 gives for two patterns, in the order of its outputs. */
const PUBLISHED = [
  {
    pixel: (at: number) => at * 7919 % 256,
    probabilities: [
      0.18136136,
      0.04300758,
      0.6992752,
      0.01836536,
      0.03344905,
      0.00017899,
      0.02436251,
    ],
  },
  {
    pixel: (at: number) => {
      const [x, y] = [Math.floor(at / 3) % SIDE, Math.floor(at / 3 / SIDE)];
      return Math.round(128 + 100 * Math.sin((y + 2 * x) / 17 + at % 3));
    },
    probabilities: [
      0.04069603,
      3.688781e-5,
      0.95833945,
      0.00092366,
      2.20108e-6,
      1.61297e-6,
      9.20588e-8,
    ],
  },
];

/** The outputs in their order, in Emofuse's words. */
const OUTPUTS = ["neutral", "happy", "sad", "angry", "fearful", "disgust", "surprised"];

Deno.test("createFaceApi() gives the logarithms of what face-api itself says", async () => {
  await initBackend();
  const network = await createFaceApi({ manifest, weights });
  assert.equal(network.weightsHash, await sha256Hex(weights));
  for (const { pixel, probabilities } of PUBLISHED) {
    const frame = Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, at) => pixel(at));
    const got = network.embed(frame, { n: 1, height: SIDE, width: SIDE });
    probabilities.forEach((p, i) => {
      const own = got[EXPRESSIONS.findIndex((label) => label === OUTPUTS[i])];
      assert(Math.abs(own - Math.log(p)) < 1e-4, `${OUTPUTS[i]}: ${Math.exp(own)}, not ${p}`);
    });
  }
  network.dispose();
});

Deno.test("createFaceApi() embeds a frame alike alone and in any batch, and frees its memory", async () => {
  await initBackend();
  const before = tf.memory().numTensors;
  const network = await createFaceApi({ manifest, weights });
  const faces = await Promise.all(
    (["man", "woman", "blonde"] as const).map((name) => realFace(name, 64)),
  );
  const n = 9;
  const frames = new Uint8Array(n * 64 * 64 * 3);
  for (let i = 0; i < n; i++) frames.set(faces[i % 3].pixels, i * 64 * 64 * 3);
  const together = network.embed(frames, { n, height: 64, width: 64 });
  for (const [i, { pixels }] of faces.entries()) {
    const alone = network.embed(pixels, { n: 1, height: 64, width: 64 });
    assert.deepEqual(together.subarray(i * 7, (i + 1) * 7), alone, `face ${i}`);
  }
  network.dispose();
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("a bundle holds the network in bytes, as it came", async () => {
  await initBackend();
  const part = backbonePart("face-api", files);
  assert(part.tensors["dense0/conv0/filters"].data instanceof Uint8Array);
  const [published, restored] = [
    await createFaceApi({ manifest, weights }),
    await restoreBackbone(part),
  ];
  const { pixels } = await realFace("woman", 128);
  const shape = { n: 1, height: 128, width: 128 };
  assert.deepEqual(restored.embed(pixels, shape), published.embed(pixels, shape));
  published.dispose();
  restored.dispose();
});

Deno.test("createFaceApi() refuses the weights of another network", async () => {
  await initBackend();
  const path = (name: string) => ({
    packageName: "@vladmandic/face-api" as const,
    path: `../model/${name}`,
  });
  const other = "age_gender_model";
  await assert.rejects(
    async () =>
      await createFaceApi({
        manifest: new TextDecoder().decode(
          await readPackageFile(path(`${other}-weights_manifest.json`)),
        ),
        weights: await readPackageFile(path(`${other}.bin`)),
      }),
    /face_expression_model lacks "dense0\/conv0\/bias": is this/,
  );
});
