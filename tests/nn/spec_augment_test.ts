import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../../src/nn/backend.ts";
import { Random } from "../../src/numeric/random.ts";
import { specAugment, specAugmentMask } from "../../src/nn/spec_augment.ts";

const SIZE = { nFrames: 20, nBands: 12 };

/** How many of the rows or columns of a mask are hidden altogether, and whether any is in part. */
function stripes(mask: Float32Array, along: "frames" | "bands"): { hidden: number; part: boolean } {
  const [n, length] = along === "frames"
    ? [SIZE.nFrames, SIZE.nBands]
    : [SIZE.nBands, SIZE.nFrames];
  const shown = Array.from({ length: n }, (_, i) =>
    Array.from(
      { length },
      (_, k) => mask[along === "frames" ? i * SIZE.nBands + k : k * SIZE.nBands + i],
    ).reduce((sum, value) => sum + value, 0));
  return {
    hidden: shown.filter((sum) => sum === 0).length,
    part: shown.some((sum) => sum !== 0 && sum !== length),
  };
}

Deno.test("specAugmentMask() hides whole frames, no wider than asked, and every width comes up", () => {
  const widths = new Set<number>();
  for (let seed = 0; seed < 200; seed++) {
    const options = { bandMasks: 0, timeMasks: 1, timeWidth: 5 };
    const mask = specAugmentMask(SIZE, new Random(seed), options);
    const { hidden, part } = stripes(mask, "frames");
    assert.equal(part, false);
    widths.add(hidden);
  }
  assert.deepEqual([...widths].sort(), [0, 1, 2, 3, 4, 5]);
});

Deno.test("specAugmentMask() hides whole bands, at either end too", () => {
  const ends = new Set<string>();
  for (let seed = 0; seed < 200; seed++) {
    const options = { bandMasks: 1, bandWidth: 3, timeMasks: 0 };
    const mask = specAugmentMask(SIZE, new Random(seed), options);
    const { hidden, part } = stripes(mask, "bands");
    assert(hidden <= 3 && !part);
    if (mask[0] === 0) ends.add("first");
    if (mask[SIZE.nBands - 1] === 0) ends.add("last");
  }
  assert.equal(ends.size, 2);
});

Deno.test("specAugmentMask() never asks for more than there is", () => {
  const options = { bandWidth: 100, timeWidth: 100 };
  for (let seed = 0; seed < 50; seed++) {
    const mask = specAugmentMask(SIZE, new Random(seed), options);
    assert.equal(mask.length, SIZE.nFrames * SIZE.nBands);
    assert(mask.every((value) => value === 0 || value === 1));
  }
});

Deno.test("specAugment() hides other parts of each spectrogram, and nothing in prediction", async () => {
  await initBackend();
  const ones = tf.ones([8, SIZE.nFrames, SIZE.nBands]);
  assert.equal(specAugment(ones), ones);
  const hidden = specAugment(ones, new Random(1), { bandWidth: 6, timeWidth: 8 });
  const rows = tf.unstack(hidden).map((row) => row.dataSync().join());
  assert(new Set(rows).size > 4, "every spectrogram is hidden alike");
  assert.equal(
    rows[0],
    specAugmentMask(SIZE, new Random(1), { bandWidth: 6, timeWidth: 8 }).join(),
  );
  tf.dispose([ones, hidden]);
});

Deno.test("specAugmentMask() refuses numbers that make no sense", () => {
  const make = (options: Parameters<typeof specAugmentMask>[2]) => () =>
    specAugmentMask(SIZE, new Random(1), options);
  assert.throws(make({ bandMasks: -1 }), /bandMasks must be a whole number from 0 on, got -1/);
  assert.throws(make({ timeWidth: 2.5 }), /timeWidth must be a whole number from 0 on, got 2.5/);
});
