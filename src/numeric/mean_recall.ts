/**
 * The mean over the classes that occur in `truth` of the share of their samples that is recognised:
 * the unweighted average recall by which training chooses. Results are scored by `uar` of
 * src/evaluate, which gives the same number.
 *
 * @param truth True class indices [n].
 * @param predicted Predicted class indices [n].
 *
 * @example
 * ```ts
 * import { meanRecall } from "./mean_recall.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(meanRecall([0, 0, 0, 1], [0, 0, 0, 0]), 0.5);
 * ```
 *
 * @throws {RangeError} If the lengths differ or there is no sample.
 */
export function meanRecall(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  if (truth.length !== predicted.length || truth.length === 0) {
    throw new RangeError(
      `no recall of ${predicted.length} predictions for ${truth.length} samples`,
    );
  }
  const found = new Map<number, { hits: number; samples: number }>();
  for (let k = 0; k < truth.length; k++) {
    const counts = found.get(truth[k]) ?? { hits: 0, samples: 0 };
    counts.samples++;
    if (predicted[k] === truth[k]) counts.hits++;
    found.set(truth[k], counts);
  }
  // In the order of the classes: the sum does not depend on which sample comes first.
  const recalls = [...found].toSorted(([a], [b]) => a - b)
    .map(([, { hits, samples }]) => hits / samples);
  return recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length;
}
