import { classCounts } from "./class_counts.ts";
import { COUNT_STATISTICS } from "./count_statistics.ts";

/**
 * Macro F1: the mean over classes of the harmonic mean of precision and recall. As in scikit-learn's
 * `f1_score(average="macro")` a class counts if it occurs in `truth` or in `predicted`; one that occurs
 * and is never found has F1 0.
 *
 * @param truth True class indices [n].
 * @param predicted Predicted class indices [n].
 * @param nClasses Number of classes.
 *
 * @throws {RangeError} If the lengths differ, a class index is out of range, or there are no samples.
 *
 * @example
 * ```ts
 * import { macroF1 } from "./macro_f1.ts";
 * import assert from "node:assert/strict";
 *
 * // F1 is 2/3 for the first class and 4/5 for the second.
 * const score = macroF1(Int32Array.of(0, 0, 1, 1), Int32Array.of(0, 1, 1, 1), 2);
 * assert(Math.abs(score - (2 / 3 + 4 / 5) / 2) < 1e-12);
 * ```
 */
export function macroF1(truth: Int32Array, predicted: Int32Array, nClasses: number): number {
  const counts = classCounts(truth, predicted, nClasses);
  if (truth.length === 0) throw new RangeError("there is no F1 of no samples");
  return COUNT_STATISTICS.macroF1(counts);
}
