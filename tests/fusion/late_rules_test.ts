import assert from "node:assert/strict";
import { LATE_RULES } from "../../src/fusion/registry.ts";
import { Matrix } from "../../src/numeric/matrix.ts";

const voice = Matrix.fromRows([[1, 2], [3, 4]]);
const face = Matrix.fromRows([[5, 6], [7, 8]]);
const combined = Object.fromEntries(
  LATE_RULES.map((rule) => [rule.name, Array.from(rule.combine([voice, face]).data)]),
);

Deno.test("late rules concatenate, add and multiply the learned features", () => {
  assert.deepEqual(combined, {
    "late-concat": [1, 2, 5, 6, 3, 4, 7, 8],
    "late-sum": [6, 8, 10, 12],
    "late-product": [5, 12, 21, 32],
    "late-weighted": [1, 2, 5, 6, 3, 4, 7, 8],
  });
});

Deno.test("late rules leave their inputs as they were", () => {
  assert.deepEqual(Array.from(voice.data), [1, 2, 3, 4]);
  assert.deepEqual(Array.from(face.data), [5, 6, 7, 8]);
});

Deno.test("only late-weighted asks the fusion network to weigh the modalities", () => {
  assert.deepEqual(
    LATE_RULES.filter(({ weighsModalities }) => weighsModalities).map(({ name }) => name),
    ["late-weighted"],
  );
});

Deno.test("late rules refuse features of different sizes", () => {
  for (const rule of LATE_RULES) {
    assert.throws(() => rule.combine([voice, Matrix.fromRows([[1, 2]])]), RangeError);
  }
});
