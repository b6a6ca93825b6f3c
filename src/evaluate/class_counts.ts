/** How often each class occurs, is predicted, and both at once. */
export interface ClassCounts {
  /** Samples of each class that are recognised [nClasses]. */
  readonly hits: Float64Array;
  /** Samples of each class [nClasses]. */
  readonly support: Float64Array;
  /** Predictions of each class [nClasses]. */
  readonly chosen: Float64Array;
}

/**
 * Counts each class: the diagonal of the confusion matrix and the sums of its rows and columns, from which
 * accuracy, recall, precision and F1 follow.
 *
 * @param truth True class indices [n].
 * @param predicted Predicted class indices [n].
 * @param nClasses Number of classes.
 *
 * @throws {RangeError} If the lengths differ or a class index is out of range.
 *
 * @example
 * ```ts
 * import { classCounts } from "./class_counts.ts";
 * import assert from "node:assert/strict";
 *
 * const { hits, support, chosen } = classCounts(Int32Array.of(0, 0, 1), Int32Array.of(0, 1, 1), 2);
 * assert.deepEqual([[...hits], [...support], [...chosen]], [[1, 1], [2, 1], [1, 2]]);
 * ```
 */
export function classCounts(
  truth: Int32Array,
  predicted: Int32Array,
  nClasses: number,
): ClassCounts {
  if (truth.length !== predicted.length) {
    throw new RangeError(`${predicted.length} predictions for ${truth.length} samples`);
  }
  const hits = new Float64Array(nClasses);
  const support = new Float64Array(nClasses);
  const chosen = new Float64Array(nClasses);
  for (let k = 0; k < truth.length; k++) {
    const t = truth[k], p = predicted[k];
    if (!(t >= 0 && t < nClasses && p >= 0 && p < nClasses)) {
      throw new RangeError(`sample ${k}: class ${t} taken for ${p}, but there are ${nClasses}`);
    }
    if (t === p) hits[t]++;
    support[t]++;
    chosen[p]++;
  }
  return { hits, support, chosen };
}
