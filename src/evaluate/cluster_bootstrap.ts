import { type BootstrapOptions, ClusterResamples } from "./cluster_resamples.ts";
import type { CountStatistic } from "./count_statistics.ts";
import { percentileInterval } from "./percentile_interval.ts";

/**
 * The 95 % percentile interval of a statistic by a bootstrap over clusters: whole speakers (or
 * takes) are drawn with replacement, so that the interval says how the result might be with other
 * people, not only with other clips of the same ones.
 *
 * It is too narrow for a handful of clusters, and has no width where every sample is right or every
 * cluster alike; look at {@linkcode wilsonInterval} beside it.
 *
 * @param truth True class indices [n].
 * @param predicted Predicted class indices [n].
 * @param nClasses Number of classes.
 * @param clusters Name of each sample's cluster [n].
 * @param statistic What the interval is of, such as `COUNT_STATISTICS.uar`.
 * @returns The interval, or null if there is only one cluster, which says nothing about others.
 *
 * @throws {RangeError} If lengths differ, a class index is out of range, or there are no samples.
 *
 * @example
 * ```ts
 * import { clusterBootstrap } from "./cluster_bootstrap.ts";
 * import { COUNT_STATISTICS } from "./count_statistics.ts";
 * import assert from "node:assert/strict";
 *
 * const truth = Int32Array.of(0, 1, 0, 1, 0, 1);
 * const predicted = Int32Array.of(0, 1, 0, 1, 0, 0);
 * const speakers = ["ann", "ann", "bob", "bob", "eve", "eve"];
 * const interval = clusterBootstrap(truth, predicted, 2, speakers, COUNT_STATISTICS.uar);
 * assert.deepEqual(interval, [0.5, 1]);
 * assert.equal(clusterBootstrap(truth, predicted, 2, Array(6).fill("ann"), COUNT_STATISTICS.uar), null);
 * ```
 */
export function clusterBootstrap(
  truth: Int32Array,
  predicted: Int32Array,
  nClasses: number,
  clusters: readonly string[],
  statistic: CountStatistic,
  options: BootstrapOptions = {},
): [low: number, high: number] | null {
  const resamples = new ClusterResamples(clusters, options);
  const [values] = resamples.values(truth, predicted, nClasses, [statistic]);
  return resamples.nClusters === 1 ? null : percentileInterval(values);
}
