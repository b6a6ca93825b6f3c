/**
 * Counts predictions by class: row `t`, column `p` says how many samples of class t were taken for class p.
 *
 * @param truth True class indices [n].
 * @param predicted Predicted class indices [n].
 * @param nClasses Number of classes.
 * @returns Counts [nClasses][nClasses].
 *
 * @throws {RangeError} If the lengths differ or a class index is out of range.
 *
 * @example
 * ```ts
 * import { confusionMatrix } from "./confusion_matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const counts = confusionMatrix(Int32Array.of(0, 0, 1), Int32Array.of(0, 1, 1), 2);
 * assert.deepEqual(counts, [[1, 1], [0, 1]]);
 * ```
 */
export function confusionMatrix(
  truth: Int32Array,
  predicted: Int32Array,
  nClasses: number,
): number[][] {
  if (truth.length !== predicted.length) {
    throw new RangeError(`${predicted.length} predictions for ${truth.length} samples`);
  }
  const counts = Array.from({ length: nClasses }, () => new Array<number>(nClasses).fill(0));
  for (let k = 0; k < truth.length; k++) {
    const [t, p] = [truth[k], predicted[k]];
    if (!(t >= 0 && t < nClasses && p >= 0 && p < nClasses)) {
      throw new RangeError(`sample ${k}: class ${t} taken for ${p}, but there are ${nClasses}`);
    }
    counts[t][p]++;
  }
  return counts;
}
