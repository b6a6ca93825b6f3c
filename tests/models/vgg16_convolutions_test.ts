import assert from "node:assert/strict";
import type { Backbone } from "../../models/backbone.ts";
import { createVgg16Random } from "../../models/vgg16_face.ts";
import { createDecoder } from "../../src/media/create_decoder.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { Random } from "../../src/numeric/random.ts";
import { withStockConv2D } from "../nn/kernels/stock_conv2d.ts";
import { ravdessTest } from "../ravdess.ts";

/** Compares pool5 features of Emofuse's convolutions with those of tfjs's. */
async function compare(
  backbone: Backbone,
  frames: Uint8Array,
  [n, height, width]: readonly [number, number, number],
): Promise<void> {
  const shape = { n, height, width };
  const actual = backbone.embed(frames, shape);
  const expected = await withStockConv2D(() => backbone.embed(frames, shape));
  assert.notDeepEqual(actual, expected); // two kernels have been at work
  let largest = 0, worst = 0, sum = 0, errors = 0;
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i] - expected[i]);
    assert(Number.isFinite(error));
    largest = Math.max(largest, Math.abs(expected[i]));
    worst = Math.max(worst, error);
    sum += Math.abs(expected[i]);
    errors += error;
  }
  assert(largest > 0);
  assert(worst <= 1e-3 * largest, `largest error ${worst / largest}`);
  assert(errors <= 1e-4 * sum, `mean relative error ${errors / sum}`);
}

Deno.test("VGG16 features are those of the stock kernels on zeros, saturated and random frames", async () => {
  await initBackend();
  const backbone = await createVgg16Random(3);
  try {
    const random = new Random(4);
    const size = 64 * 91 * 3;
    const noise = Uint8Array.from({ length: size }, () => random.int(256));
    const corners = noise.map((value) => value < 128 ? 0 : 255);
    for (const frame of [new Uint8Array(size), new Uint8Array(size).fill(255), noise, corners]) {
      await compare(backbone, frame, [1, 64, 91]);
    }
  } finally {
    backbone.dispose();
  }
});

ravdessTest("VGG16 features are those of the stock kernels on real frames", async (dir) => {
  await initBackend();
  const folder = `${dir}/original/Actor_01`;
  const [file] = [...Deno.readDirSync(folder)].map(({ name }) => name)
    .filter((name) => name.endsWith(".mp4")).sort();
  const decoder = await createDecoder("wasm");
  const backbone = await createVgg16Random(3);
  try {
    const size = { width: 227, height: 128, seconds: 1, fps: 2, sound: false };
    const { frames, frameCount } = await decoder.decode(`${folder}/${file}`, size);
    await compare(backbone, frames, [frameCount, 128, 227]);
  } finally {
    backbone.dispose();
    await decoder.close();
  }
});
