import type { ClassCounts } from "./class_counts.ts";

/** A number computed from how often each class occurs, is predicted, and both, such as UAR. */
export type CountStatistic = (counts: ClassCounts) => number;

/** Names of the statistics of {@linkcode COUNT_STATISTICS}. */
export type CountStatisticName = "accuracy" | "uar" | "macroF1";

/**
 * Scores that need no more than counts of each class, which is what makes resampling them cheap. Accuracy is
 * the share of right predictions, UAR the mean recall over the classes that occur, and macro F1 the mean
 * over the classes that occur or are predicted, as in scikit-learn. Of no samples each is NaN.
 *
 * @example
 * ```ts
 * import { classCounts } from "./class_counts.ts";
 * import { COUNT_STATISTICS } from "./count_statistics.ts";
 * import assert from "node:assert/strict";
 *
 * // Three samples of the first class, all found, and one of the second, missed.
 * const counts = classCounts(Int32Array.of(0, 0, 0, 1), Int32Array.of(0, 0, 0, 0), 2);
 * assert.equal(COUNT_STATISTICS.accuracy(counts), 0.75);
 * assert.equal(COUNT_STATISTICS.uar(counts), 0.5);
 * ```
 */
export const COUNT_STATISTICS: Readonly<Record<CountStatisticName, CountStatistic>> = {
  accuracy({ hits, support }) {
    let right = 0, n = 0;
    for (let c = 0; c < hits.length; c++) {
      right += hits[c];
      n += support[c];
    }
    return right / n;
  },

  uar({ hits, support }) {
    let sum = 0, present = 0;
    for (let c = 0; c < hits.length; c++) {
      if (support[c] === 0) continue;
      sum += hits[c] / support[c];
      present++;
    }
    return sum / present;
  },

  macroF1({ hits, support, chosen }) {
    let sum = 0, present = 0;
    for (let c = 0; c < hits.length; c++) {
      const both = support[c] + chosen[c];
      if (both === 0) continue;
      sum += 2 * hits[c] / both;
      present++;
    }
    return sum / present;
  },
};
