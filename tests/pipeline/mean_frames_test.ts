import assert from "node:assert/strict";
import { Matrix } from "../../src/numeric/matrix.ts";
import { MeanFrames } from "../../src/pipeline/fold/mean_frames.ts";
import { OneModality } from "../../src/pipeline/fold/one_modality.ts";

const TWO_CHANNELS = Matrix.fromRows([
  [0, 10, 2, 20, 4, 30, 6, 40, 8, 50],
  [1, 1, 3, 3, 5, 5, 7, 7, 9, 9],
]);

Deno.test("MeanFrames makes means of neighbouring frames, channel by channel, and leaves out what is left", () => {
  const { rows, cols, data } = new MeanFrames(2, 2).transform(TWO_CHANNELS);
  // Five frames by three: one mean, and two frames are left.
  assert.deepEqual([rows, cols], [2, 2]);
  assert.deepEqual([...data], [2, 20, 3, 3]);
  assert.deepEqual([...new MeanFrames(2, 3).transform(TWO_CHANNELS).data], [
    ...[1, 15, 5, 35],
    ...[2, 2, 6, 6],
  ]);
});

Deno.test("MeanFrames leaves sequences that are short enough as they are", () => {
  assert.equal(new MeanFrames(2, 5).transform(TWO_CHANNELS), TWO_CHANNELS);
});

Deno.test("OneModality leaves the numbers of one modality in every frame and puts the others to 0", () => {
  const parts = [{ modality: "audio", channels: 3 }, { modality: "video", channels: 2 }] as const;
  assert.deepEqual([...new OneModality(parts, "audio").transform(TWO_CHANNELS).row(0)], [
    ...[0, 10, 2, 0, 0],
    ...[30, 6, 40, 0, 0],
  ]);
  assert.deepEqual([...new OneModality(parts, "video").transform(TWO_CHANNELS).row(0)], [
    ...[0, 0, 0, 20, 4],
    ...[0, 0, 0, 8, 50],
  ]);
});
