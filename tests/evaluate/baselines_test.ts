import assert from "node:assert/strict";
import { chanceBaseline } from "../../src/evaluate/chance_baseline.ts";
import { majorityBaseline } from "../../src/evaluate/majority_baseline.ts";
import { summariseRow } from "../../src/evaluate/summarise_row.ts";
import { assertClose } from "./assert_close.ts";

const FOLDS = [
  { train: Int32Array.of(0, 0, 1, 2), test: Int32Array.of(1, 1, 2) },
  { train: Int32Array.of(1, 1, 2, 2), test: Int32Array.of(0, 0, 1) },
];
const CLUSTERS = ["ann", "ann", "ann", "bob", "bob", "bob"];

Deno.test("majorityBaseline() learns anew in every fold and takes the lowest of equals", () => {
  const { predicted, probabilities, train, test } = majorityBaseline(FOLDS, 3, CLUSTERS);
  assert.deepEqual([...predicted], [0, 0, 0, 1, 1, 1]);
  assert.deepEqual([...probabilities.subarray(0, 3)], [0.5, 0.25, 0.25]);
  assert.deepEqual([...probabilities.subarray(15)], [0, 0.5, 0.5]);
  assert.deepEqual(train, { n: 8, accuracy: 0.5 });
  assert.equal(test.accuracy, 1 / 6);
});

Deno.test("majorityBaseline() throws for a training set that is empty or has unknown classes", () => {
  const run = (...train: number[]) => () =>
    majorityBaseline([{ train: Int32Array.from(train), test: Int32Array.of(0) }], 2, ["ann"]);
  assert.throws(run(), /a training set is empty/);
  assert.throws(run(0, 2), /class 2 in a training set, but there are 2/);
});

Deno.test("chanceBaseline() scores what guessing gets in expectation", () => {
  const { predicted, probabilities, train, test } = chanceBaseline(FOLDS, 3, CLUSTERS);
  assert.equal(predicted.length, 6);
  assert(predicted.every((c) => c >= 0 && c < 3));
  assert.deepEqual([...new Set(probabilities)], [Math.fround(1 / 3)]);
  assert.deepEqual(train, { n: 8, accuracy: 1 / 3 });
  assert.deepEqual([test.n, test.nClusters, test.ece, test.auc], [6, 2, 0, 0.5]);
  assert.deepEqual([test.accuracy, test.uar, test.logLoss], [1 / 3, 1 / 3, Math.log(3)]);
  assertClose(test.perClass.map(({ precision }) => precision), [2 / 6, 3 / 6, 1 / 6], "precision");
  assert.deepEqual(test.perClass.map(({ support }) => support), [2, 3, 1]);
});

Deno.test("chanceBaseline() scores the mean of many guessers, to which its intervals belong", () => {
  const truth = Int32Array.from({ length: 400 }, (_, k) => k % 8 === 0 ? 1 : k % 2 * 2);
  const folds = [{ train: truth, test: truth }], clusters = Array<string>(400).fill("ann");
  const mean = { accuracy: 0, uar: 0, macroF1: 0 };
  const guessers = 100;
  for (let seed = 0; seed < guessers; seed++) {
    const guess = chanceBaseline(folds, 3, clusters, { seed, resamples: 1 });
    const row = summariseRow(truth, guess.predicted, guess.probabilities, 3, clusters, {
      resamples: 1,
    });
    for (const name of ["accuracy", "uar", "macroF1"] as const) mean[name] += row[name] / guessers;
  }
  const { test } = chanceBaseline(folds, 3, clusters);
  for (const name of ["accuracy", "uar", "macroF1"] as const) {
    assert(Math.abs(mean[name] - test[name]) < 0.012, `${name}: ${mean[name]}, ${test[name]}`);
  }
  // 1.96 standard deviations of a share of a third in 400.
  const reach = 1.96 * Math.sqrt(2 / 9 / 400);
  assert(Math.abs(test.ci95[0] - (1 / 3 - reach)) < 0.01, `${test.ci95}`);
  assert(Math.abs(test.ci95[1] - (1 / 3 + reach)) < 0.01, `${test.ci95}`);
});

Deno.test("chanceBaseline() says that six of seven of two classes can be luck", () => {
  const truth = Int32Array.of(0, 0, 0, 0, 1, 1, 1);
  const { test } = chanceBaseline([{ train: truth, test: truth }], 2, Array(7).fill("ann"));
  assert.deepEqual(test.ci95, [1 / 7, 6 / 7]);
});

Deno.test("chanceBaseline() has no AUC for classes that do not occur", () => {
  const truth = Int32Array.of(1, 1);
  const { test } = chanceBaseline([{ train: truth, test: truth }], 2, ["ann", "bob"]);
  assert.deepEqual([test.auc, test.aucLeftOut], [null, [0, 1]]);
  assert.deepEqual(test.perClass[0], { precision: 0, recall: 0, f1: 0, support: 0, auc: null });
});

Deno.test("chanceBaseline() guesses a sample that is tested again as before", () => {
  const fold = {
    train: Int32Array.of(0, 1),
    test: Int32Array.from({ length: 20 }, (_, k) => k % 2),
  };
  const samples = Array.from({ length: 40 }, (_, k) => `sample ${k % 20}`);
  const clusters = Array<string>(40).fill("ann");
  const repeated = chanceBaseline([fold, fold], 2, clusters, { samples, resamples: 200 });
  const once = chanceBaseline([fold], 2, clusters.slice(20), { resamples: 200 });
  assert.deepEqual(repeated.predicted.slice(20), once.predicted);
  assert.deepEqual(repeated.test.ci95, once.test.ci95);
});

Deno.test("chanceBaseline() repeats itself with the same seed, and throws for what does not fit", () => {
  const guess = (seed: number) => [...chanceBaseline(FOLDS, 3, CLUSTERS, { seed }).predicted];
  assert.deepEqual(guess(5), guess(5));
  assert.notDeepEqual(guess(5), guess(6));
  assert.throws(() => chanceBaseline(FOLDS, 3, ["ann"]), /1 clusters .* for 6 predictions/);
  assert.throws(() => chanceBaseline(FOLDS, 2, CLUSTERS), /there are 2/);
  assert.throws(() => chanceBaseline([], 3, []), /no test samples/);
});
