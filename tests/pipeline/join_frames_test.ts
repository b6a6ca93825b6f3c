import assert from "node:assert/strict";
import { Matrix } from "../../src/numeric/matrix.ts";
import { joinFrames } from "../../src/pipeline/fold/join_frames.ts";

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

Deno.test("joinFrames() joins what happens at the same time, sample by sample", () => {
  // Four pictures; frames of the voice an eighth of the clip apart, from its start or from its middle on.
  const matrix = Matrix.fromRows([[1, 3, 5, 7], [1, 3, 5, 7]]);
  const times = { starts: Float64Array.of(0, 0.5), step: 1 / 8 };
  const face = { matrix: Matrix.fromRows([[0, 0, 0, 0], [0, 0, 0, 0]]), channels: 1 };
  const joined = joinFrames({ matrix, channels: 1, times }, face);
  const heard = (row: number) => Array.from(joined.row(row)).filter((_, i) => i % 2 === 0);
  assert.deepEqual(heard(0), [2, 6, 7, 7], "after the last frame that one stands");
  assert.deepEqual(heard(1), [1, 1, 2, 6], "before the first frame that one stands");
});

Deno.test("joinFrames() leaves out what is heard before and after the pictures", () => {
  const matrix = Matrix.fromRows([[9, 9, 1, 2, 3, 4, 9, 9]]);
  const times = { starts: Float64Array.of(-0.5), step: 1 / 4 };
  const face = { matrix: Matrix.fromRows([[0, 0, 0, 0]]), channels: 1 };
  const joined = joinFrames({ matrix, channels: 1, times }, face);
  assert.deepEqual(Array.from(joined.row(0)).filter((_, i) => i % 2 === 0), [1, 2, 3, 4]);
});
