import assert from "node:assert/strict";
import { EXPRESSION_PEAKS } from "../../src/features/expression_peaks.ts";

const settings = { frames: 8, fps: 4, channels: 3 };
const of = (rows: readonly (readonly number[])[]) =>
  Array.from(
    EXPRESSION_PEAKS.compute(
      { rows: Float32Array.from(rows.flat()), featureSize: 3, fps: 4 },
      settings,
    ).data,
  );

Deno.test("expression-peaks is the mean log odds against the last class in the quarter that has most", () => {
  const neutral = [-4, -5, -1];
  const clip = [neutral, [-1, -5, -3], neutral, [-2, -5, -2], ...Array(4).fill(neutral)];
  // Two of eight looks: 2 and 0 of the first class; the second has -2, -3 and else -4.
  assert.deepEqual(of(clip), [1, -2.5]);
  assert.deepEqual(of([...clip].reverse()), [1, -2.5]);
});

Deno.test("expression-peaks of a few looks is the one that has most, of one look that look", () => {
  assert.deepEqual(of([[-1, -2, -3], [-3, -1, -2], [0, -9, -1]]), [2, 1]);
  assert.deepEqual(of([[-1, -2, -3]]), [2, 1]);
});

Deno.test("expression-peaks has a number and a name for each class but the last", () => {
  assert.equal(EXPRESSION_PEAKS.size({ ...settings, channels: 7 }), 6);
  assert.deepEqual(EXPRESSION_PEAKS.names(settings), ["peak_0", "peak_1"]);
});
