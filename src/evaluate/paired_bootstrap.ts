import { classCounts } from "./class_counts.ts";
import { type BootstrapOptions, ClusterResamples } from "./cluster_resamples.ts";
import type { CountStatistic } from "./count_statistics.ts";
import { type PairedDifference, pairedDifference } from "./paired_difference.ts";

/**
 * How much two models differ in a statistic, with interval and p, by a bootstrap over clusters. Both are
 * scored on the same draws of speakers, so that speakers who are hard for both cancel out.
 *
 * @param truth True class indices [n].
 * @param first Class indices that the first model predicts [n].
 * @param second Class indices that the second model predicts [n].
 * @param nClasses Number of classes.
 * @param clusters Name of each sample's cluster [n].
 * @param statistic What is compared, such as `COUNT_STATISTICS.uar`.
 *
 * @throws {RangeError} If lengths differ, a class index is out of range, or there are no samples.
 *
 * @example
 * ```ts
 * import { COUNT_STATISTICS } from "./count_statistics.ts";
 * import { pairedBootstrap } from "./paired_bootstrap.ts";
 * import assert from "node:assert/strict";
 *
 * const truth = Int32Array.of(0, 1, 0, 1);
 * const speakers = ["ann", "ann", "bob", "bob"];
 * const never = Int32Array.of(1, 0, 1, 0);
 * const { difference, ci95 } = pairedBootstrap(truth, truth, never, 2, speakers, COUNT_STATISTICS.uar);
 * assert.equal(difference, 1);
 * assert.deepEqual(ci95, [1, 1]);
 * ```
 */
export function pairedBootstrap(
  truth: Int32Array,
  first: Int32Array,
  second: Int32Array,
  nClasses: number,
  clusters: readonly string[],
  statistic: CountStatistic,
  options: BootstrapOptions = {},
): PairedDifference {
  const resamples = new ClusterResamples(clusters, options);
  const values = (predicted: Int32Array) =>
    resamples.values(truth, predicted, nClasses, [statistic])[0];
  const observed = (predicted: Int32Array) => statistic(classCounts(truth, predicted, nClasses));
  return pairedDifference(
    observed(first) - observed(second),
    values(first),
    values(second),
    resamples.nClusters,
  );
}
