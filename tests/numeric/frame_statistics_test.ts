import assert from "node:assert/strict";
import { frameStatistics } from "../../src/numeric/frame_statistics.ts";

Deno.test("frameStatistics() averages the places of a frame, then describes the frames", () => {
  // Two frames of two places of two channels.
  const data = Float32Array.of(1, 10, 3, 30, 5, 50, 7, 70);
  assert.deepEqual(frameStatistics(data, 4, 2), Float32Array.of(4, 40, 2, 20));
});

Deno.test("frameStatistics() gives a single frame no deviation", () => {
  assert.deepEqual(frameStatistics(Float32Array.of(1, 2), 2, 2), Float32Array.of(1, 2, 0, 0));
});

Deno.test("frameStatistics() refuses what are no frames", () => {
  for (const [length, featureSize, channels] of [[5, 2, 2], [0, 2, 2], [6, 3, 2]]) {
    assert.throws(
      () => frameStatistics(new Float32Array(length), featureSize, channels),
      RangeError,
    );
  }
});
