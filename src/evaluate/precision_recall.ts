import { classCounts } from "./class_counts.ts";
import { type ClassScores, classScores } from "./class_scores.ts";

/**
 * Precision, recall and F1 of every class. A share of nothing is 0, as with scikit-learn's
 * `precision_recall_fscore_support(zero_division=0)`; `support` tells such a class from one that is missed.
 *
 * @param truth True class indices [n].
 * @param predicted Predicted class indices [n].
 * @param nClasses Number of classes.
 * @returns Scores [nClasses].
 *
 * @throws {RangeError} If the lengths differ or a class index is out of range.
 *
 * @example
 * ```ts
 * import { precisionRecall } from "./precision_recall.ts";
 * import assert from "node:assert/strict";
 *
 * const [first, , third] = precisionRecall(Int32Array.of(0, 0, 1), Int32Array.of(0, 1, 1), 3);
 * assert.deepEqual([first.precision, first.recall, first.support], [1, 0.5, 2]);
 * assert.deepEqual(third, { precision: 0, recall: 0, f1: 0, support: 0 });
 * ```
 */
export function precisionRecall(
  truth: Int32Array,
  predicted: Int32Array,
  nClasses: number,
): ClassScores[] {
  return classScores(classCounts(truth, predicted, nClasses));
}
