import assert from "node:assert/strict";
import { Matrix } from "../../src/nn/matrix.ts";
import { joinFrames } from "../../src/pipeline/join_frames.ts";

Deno.test("joinFrames() puts the mean of what is heard during a picture beside it", () => {
  const voice = { matrix: Matrix.fromRows([[1, 3, 5, 7]]), channels: 1 };
  const face = { matrix: Matrix.fromRows([[10, 20, 30, 40]]), channels: 2 };
  assert.deepEqual(Array.from(joinFrames(voice, face).row(0)), [2, 10, 20, 6, 30, 40]);
});

Deno.test("joinFrames() repeats what is heard where there are more pictures", () => {
  const voice = { matrix: Matrix.fromRows([[1, 2]]), channels: 1 };
  const face = { matrix: Matrix.fromRows([[10, 20, 30, 40]]), channels: 1 };
  assert.deepEqual(Array.from(joinFrames(voice, face).row(0)), [1, 10, 1, 20, 2, 30, 2, 40]);
});
