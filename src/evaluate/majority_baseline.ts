import type { BaselineFold, BaselineRow } from "./baseline_row.ts";
import { summariseRow, type SummaryOptions } from "./summarise_row.ts";

/**
 * The row that always says the class which the fold's training set has most of, the lowest of equals. Its
 * probabilities are the shares of the classes in training: scikit-learn's
 * `DummyClassifier(strategy="prior")`.
 *
 * @param folds True classes of each fold.
 * @param nClasses Number of classes.
 * @param clusters Speaker (or take) of each test sample, fold after fold [n].
 *
 * @throws {RangeError} If lengths or class indices do not fit, a training set is empty, or there are no
 * test samples.
 *
 * @example
 * ```ts
 * import { majorityBaseline } from "./majority_baseline.ts";
 * import assert from "node:assert/strict";
 *
 * const fold = { train: Int32Array.of(0, 1, 1, 1), test: Int32Array.of(0, 1) };
 * const { predicted, probabilities } = majorityBaseline([fold], 2, ["ann", "bob"]);
 * assert.deepEqual([...predicted], [1, 1]);
 * assert.deepEqual([...probabilities], [0.25, 0.75, 0.25, 0.75]);
 * ```
 */
export function majorityBaseline(
  folds: readonly BaselineFold[],
  nClasses: number,
  clusters: readonly string[],
  options: SummaryOptions = {},
): BaselineRow {
  const truth = folds.flatMap(({ test }) => Array.from(test));
  const predicted = new Int32Array(truth.length);
  const probabilities = new Float32Array(truth.length * nClasses);
  let at = 0, nTrain = 0, right = 0;
  for (const { train, test } of folds) {
    const counts = countClasses(train, nClasses);
    const most = counts.indexOf(Math.max(...counts));
    const shares = counts.map((count) => count / train.length);
    nTrain += train.length;
    right += counts[most];
    for (const end = at + test.length; at < end; at++) {
      predicted[at] = most;
      probabilities.set(shares, at * nClasses);
    }
  }
  return {
    predicted,
    probabilities,
    train: { n: nTrain, accuracy: right / nTrain },
    test: summariseRow(
      Int32Array.from(truth),
      predicted,
      probabilities,
      nClasses,
      clusters,
      options,
    ),
  };
}

function countClasses(labels: Int32Array, nClasses: number): number[] {
  if (labels.length === 0) throw new RangeError("a training set is empty");
  const counts = new Array<number>(nClasses).fill(0);
  for (const label of labels) {
    if (!(label >= 0 && label < nClasses)) {
      throw new RangeError(`class ${label} in a training set, but there are ${nClasses}`);
    }
    counts[label]++;
  }
  return counts;
}
