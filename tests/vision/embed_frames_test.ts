import assert from "node:assert/strict";
import type { Backbone } from "../../models/backbone.ts";
import { embedFrames } from "../../src/vision/embed_frames.ts";

/** Two features a frame: its sum and its first value. Notes how many frames it embeds. */
function counting(): Backbone & { embedded: number } {
  return {
    name: "counting",
    weightsHash: "",
    licence: "",
    source: "",
    embedded: 0,
    channels: 2,
    featureSize: () => 2,
    embed(frames, { n, height, width }) {
      this.embedded += n;
      const length = height * width * 3;
      return Float32Array.from({ length: 2 * n }, (_, i) => {
        const frame = frames.subarray((i >> 1) * length, ((i >> 1) + 1) * length);
        return i % 2 === 0 ? frame.reduce((sum, value) => sum + value, 0) : frame[0];
      });
    },
    dispose() {},
  };
}

/** Frames of one pixel each. */
const clip = (...values: number[]) => Uint8Array.from(values.flatMap((v) => [v, v, v + 1]));

Deno.test("embedFrames() embeds runs of equal frames once and gives each its features", () => {
  const frames = clip(7, 7, 3, 3, 3, 7, 9, 9);
  const shape = { n: 8, height: 1, width: 1 };
  const backbone = counting();
  const result = embedFrames(backbone, frames, shape);
  assert.equal(backbone.embedded, 4);
  assert.equal(result.computed, 4);
  assert.equal(result.featureSize, 2);
  assert.deepEqual(result.embeddings, counting().embed(frames, shape));
});

Deno.test("embedFrames() tells frames apart that differ in their last value alone", () => {
  const frames = clip(5, 5);
  frames[5]++;
  assert.equal(embedFrames(counting(), frames, { n: 2, height: 1, width: 1 }).computed, 2);
});

Deno.test("embedFrames() embeds every frameStep-th frame and repeats it for those between", () => {
  const shape = { n: 8, height: 1, width: 1 };
  const backbone = counting();
  const { embeddings, computed } = embedFrames(
    backbone,
    clip(1, 9, 9, 4, 9, 9, 4, 9),
    shape,
    { frameStep: 3 },
  );
  // Frames 0, 3 and 6 are 1, 4 and 4: the last is a duplicate.
  assert.deepEqual([backbone.embedded, computed], [2, 2]);
  assert.deepEqual(embeddings, counting().embed(clip(1, 1, 1, 4, 4, 4, 4, 4), shape));
});

Deno.test("embedFrames() interpolates between embedded frames and repeats after the last", () => {
  const { embeddings, computed } = embedFrames(
    counting(),
    clip(10, 0, 0, 0, 20, 0, 0, 0, 12, 0),
    { n: 10, height: 1, width: 1 },
    { frameStep: 4, frameFill: "interpolate" },
  );
  assert.equal(computed, 3);
  const first = embeddings.filter((_, i) => i % 2 === 1);
  assert.deepEqual(Array.from(first), [10, 12.5, 15, 17.5, 20, 18, 16, 14, 12, 12]);
});

Deno.test("embedFrames() takes a step beyond the clip's end, and none below 1", () => {
  const shape = { n: 3, height: 1, width: 1 };
  for (const frameFill of ["repeat", "interpolate"] as const) {
    const options = { frameStep: 50, frameFill };
    const { embeddings } = embedFrames(counting(), clip(5, 6, 7), shape, options);
    assert.deepEqual(embeddings, counting().embed(clip(5, 5, 5), shape));
  }
  for (const frameStep of [0, -1, 1.5, NaN]) {
    assert.throws(() => embedFrames(counting(), clip(5, 6, 7), shape, { frameStep }), RangeError);
  }
});

Deno.test("embedFrames() gives no embeddings for no frames", () => {
  const { embeddings, computed } = embedFrames(counting(), new Uint8Array(), {
    n: 0,
    height: 4,
    width: 4,
  });
  assert.deepEqual([embeddings.length, computed], [0, 0]);
});
