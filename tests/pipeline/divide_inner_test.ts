import assert from "node:assert/strict";
import { Matrix } from "../../src/numeric/matrix.ts";
import { Random } from "../../src/numeric/random.ts";
import { divideInner } from "../../src/pipeline/fold/fits/divide_inner.ts";
import { tableOf } from "../sample_table.ts";

/** Sixteen samples of two classes, two in each group. */
const { table } = tableOf(new Matrix(16, 1), {
  groups: Array.from({ length: 16 }, (_, i) => `take ${i >> 1}`),
});
const divide = (train: number[], atMost: number) =>
  table.learn(
    { name: "division", kind: "inner-split" },
    Int32Array.from(train),
    (set) => divideInner(set, atMost, new Random(1)),
  );
const TRAIN = [2, 3, 6, 7, 10, 11, 14, 15];

Deno.test("divideInner() holds every training sample out once, with its group, and no other sample", () => {
  const folds = divide(TRAIN, 2);
  assert.equal(folds.length, 2);
  assert.deepEqual(folds.flatMap(({ held }) => [...held]).sort((a, b) => a - b), TRAIN);
  for (const { train, held, classes } of folds) {
    assert.deepEqual([...train, ...held].sort((a, b) => a - b), TRAIN);
    const groups = new Set(held.map((sample) => sample >> 1));
    assert(train.every((sample) => !groups.has(sample >> 1)));
    assert.equal(classes, 2);
  }
});

Deno.test("divideInner() makes no more folds than there are groups, and counts the classes left to learn", () => {
  assert.equal(divide([0, 1, 2, 3], 5).length, 2);
  // Takes 0 and 1 with one sample each: whichever is held out, one class is left.
  assert.deepEqual(divide([0, 3], 2).map(({ classes }) => classes), [1, 1]);
});
