import { classCounts } from "./class_counts.ts";
import { COUNT_STATISTICS } from "./count_statistics.ts";

/**
 * Unweighted average recall: the mean over classes of the share of a class's samples that were
 * recognised. Classes without a sample in `truth` are left out. Chance is 1 / (number of classes) whatever
 * the balance of the classes.
 *
 * @param truth True class indices [n].
 * @param predicted Predicted class indices [n].
 * @param nClasses Number of classes.
 *
 * @throws {RangeError} If the lengths differ, a class index is out of range, or there are no samples.
 *
 * @example
 * ```ts
 * import { uar } from "./uar.ts";
 * import assert from "node:assert/strict";
 *
 * // Always the first class: right in three of four samples, but one recall is 1 and the other 0.
 * assert.equal(uar(Int32Array.of(0, 0, 0, 1), Int32Array.of(0, 0, 0, 0), 2), 0.5);
 * ```
 */
export function uar(truth: Int32Array, predicted: Int32Array, nClasses: number): number {
  if (truth.length === 0) throw new RangeError("there is no recall of no samples");
  return COUNT_STATISTICS.uar(classCounts(truth, predicted, nClasses));
}
