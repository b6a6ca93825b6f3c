import assert from "node:assert/strict";
import { groupKFold } from "../../src/split/group_k_fold.ts";
import { LUNA_JIMENEZ } from "../../src/corpus/ravdess/luna_jimenez.ts";
import { RAVDESS_WORDS } from "../../src/corpus/ravdess/words.ts";
import { distinctSpeakers } from "../../src/corpus/speakers.ts";
import { presetFolds } from "../../src/split/preset_folds.ts";
import { ProtocolError } from "../../src/split/protocol_error.ts";
import { shuffleSplit } from "../../src/split/shuffle_split.ts";
import { stratifiedGroupKFold } from "../../src/split/stratified_group_k_fold.ts";
import { Random } from "../../src/numeric/random.ts";

Deno.test("shuffleSplit() has scikit-learn's sizes", () => {
  for (const [n, test] of [[32, 7], [16, 4], [5, 1], [10, 2], [11, 3]]) {
    const split = shuffleSplit(n, 0.2, new Random(1));
    assert.equal(split.test.length, test);
    assert.deepEqual([...split.train, ...split.test].sort((a, b) => a - b), [...Array(n).keys()]);
  }
});

Deno.test("shuffleSplit() depends on the seed alone", () => {
  const tests = [4, 4, 5].map((seed) => shuffleSplit(30, 0.2, new Random(seed)).test);
  assert.deepEqual(tests[0], tests[1]);
  assert.notDeepEqual(tests[0], tests[2]);
});

Deno.test("shuffleSplit() draws again until every class is in training", () => {
  const labels = [0, 0, 0, 0, 0, 0, 0, 1, 2, 2];
  const rare = 7;
  let redrawn = 0;
  for (let seed = 0; seed < 50; seed++) {
    const split = shuffleSplit(10, 0.2, new Random(seed), { labels });
    assert(split.train.includes(rare));
    assert.equal(new Set(Array.from(split.train, (k) => labels[k])).size, 3);
    if (shuffleSplit(10, 0.2, new Random(seed)).test.includes(rare)) redrawn++;
  }
  assert(redrawn > 0);
});

Deno.test("shuffleSplit() throws where no division is possible", () => {
  assert.throws(() => shuffleSplit(1, 0.2, new Random(1)), ProtocolError);
  assert.throws(() => shuffleSplit(0, 0.2, new Random(1)), ProtocolError);
  const labels = [0, 1, 2];
  assert.throws(() => shuffleSplit(3, 0.2, new Random(1), { labels }), /each of 3 classes/);
  assert.throws(() => shuffleSplit(10, 1.2, new Random(1)), RangeError);
});

interface GroupCase {
  labels: number[];
  groups: number[];
  k: number;
  folds: number[][];
}

const groupCases: GroupCase[] = JSON.parse(Deno.readTextFileSync(
  new URL("../fixtures/sklearn/stratified_group_k_fold.json", import.meta.url),
));

groupCases.forEach(({ labels, groups, k, folds }, at) => {
  Deno.test(`stratifiedGroupKFold() gives scikit-learn's folds: case ${at + 1}`, () => {
    const actual = stratifiedGroupKFold(labels, groups, k).map((fold) => Array.from(fold));
    assert.deepEqual(actual, folds);
  });
});

Deno.test("stratifiedGroupKFold() deals single samples out class by class", () => {
  const labels = Array.from({ length: 24 }, (_, s) => s % 3);
  const folds = stratifiedGroupKFold(labels, [...labels.keys()], 4, new Random(2));
  for (const fold of folds) {
    const counts = [0, 1, 2].map((c) => fold.filter((s) => labels[s] === c).length);
    assert.deepEqual(counts, [2, 2, 2]);
  }
});

Deno.test("stratifiedGroupKFold() leaves no fold empty", () => {
  // Evenness alone, as in scikit-learn, leaves a fold without any sample here.
  const labels = [0, 2, 0, 0, 0, 0, 0, 0, 2, 2, 2];
  const groups = [0, 1, 2, 2, 2, 2, 3, 4, 4, 4, 5];
  const folds = stratifiedGroupKFold(labels, groups, 6);
  assert(folds.every((fold) => fold.length > 0));
  assert.deepEqual(folds.flatMap((fold) => [...fold]).sort((a, b) => a - b), [...labels.keys()]);
});

Deno.test("stratifiedGroupKFold() throws for more folds than groups", () => {
  assert.throws(
    () => stratifiedGroupKFold([0, 1], ["a", "a"], 2),
    /2 folds need at least 2 groups/,
  );
  assert.throws(() => stratifiedGroupKFold([0, 1], ["a"], 1), RangeError);
});

Deno.test("groupKFold() makes folds of equal size from groups of equal size", () => {
  const groups = Array.from({ length: 1080 }, (_, s) => 1 + Math.floor(s / 60));
  const labels = groups.map((_, s) => s % 8);
  const folds = groupKFold(labels, groups, 6, new Random(1));
  assert.deepEqual(folds.map((fold) => fold.length), Array(6).fill(180));
  const other = groupKFold(labels, groups, 6, new Random(2));
  assert.notDeepEqual(folds, other);
});

Deno.test("groupKFold() evens out sizes that differ", () => {
  const sizes = [9, 7, 6, 5, 4, 3];
  const groups = sizes.flatMap((size, g) => Array<number>(size).fill(g));
  const folds = groupKFold(groups.map(() => 0), groups, 2, new Random(1));
  // 9 | 7, then 6 to the 7, 5 to the 9, 4 to the 13, 3 to the 14.
  assert.deepEqual(folds.map((fold) => fold.length), [17, 17]);
});

Deno.test("groupKFold() evens out the classes where sizes leave a choice", () => {
  // Actors of one class each, the larger ones first: the small ones then have a choice of folds.
  for (let seed = 0; seed < 20; seed++) {
    const groups = [1, 1, 2, 2, 3, 4];
    const labels = [0, 0, 1, 1, 0, 1];
    const folds = groupKFold(labels, groups, 2, new Random(seed));
    for (const fold of folds) {
      assert.equal(fold.length, 3);
      assert.equal(new Set(Array.from(fold, (s) => labels[s])).size, 2);
    }
  }
});

Deno.test("groupKFold() throws for more folds than groups", () => {
  assert.throws(() => groupKFold([0, 1], [1, 1], 2, new Random(1)), ProtocolError);
});

Deno.test("presetFolds() covers RAVDESS's 24 speakers once with the folds of Luna-Jiménez", () => {
  const all = Array.from({ length: 24 }, (_, k) => `${k + 1}`);
  const folds = presetFolds(LUNA_JIMENEZ, all);
  assert.deepEqual(folds.map((fold) => fold.length), [5, 5, 5, 5, 4]);
  assert.deepEqual(distinctSpeakers(folds.flat()), all);
});

Deno.test("presetFolds() throws for unknown speakers and for a single fold", () => {
  assert.throws(() => presetFolds(LUNA_JIMENEZ, ["1", "25"]), /speaker 25 is in none/);
  assert.throws(
    () => presetFolds(LUNA_JIMENEZ, ["2", "5"], RAVDESS_WORDS),
    /all actors at hand \(2, 5\) into one fold: add actors/,
  );
});

Deno.test("groupKFold() refuses numbers of folds and classes that are none", () => {
  const fold = (labels: number[], k: number) => () => groupKFold(labels, [1, 2], k, new Random(1));
  for (const k of [0, -1, 2.5, NaN]) assert.throws(fold([0, 1], k), /folds; allowed: a whole/);
  for (const label of [NaN, -1, 0.5]) {
    assert.throws(fold([0, label], 2), /sample 1 has the class .*; allowed: a whole number/);
  }
});
