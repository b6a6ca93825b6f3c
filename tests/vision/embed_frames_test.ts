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

Deno.test("embedFrames() gives no embeddings for no frames", () => {
  const { embeddings, computed } = embedFrames(counting(), new Uint8Array(), {
    n: 0,
    height: 4,
    width: 4,
  });
  assert.deepEqual([embeddings.length, computed], [0, 0]);
});
