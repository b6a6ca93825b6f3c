import { Random } from "../numeric/random.ts";
import { classCounts } from "./class_counts.ts";
import type { CountStatistic } from "./count_statistics.ts";

/** Options of everything that resamples clusters. */
export interface BootstrapOptions {
  /**
   * How many times the clusters are drawn anew.
   *
   * @default {2000}
   */
  resamples?: number;
  /**
   * Seed of the draws. The same seed and the same number of clusters give the same draws.
   *
   * @default {1}
   */
  seed?: number;
}

/**
 * Draws of whole clusters (speakers, or takes) with replacement, the same for everything that is
 * compared. Samples of a cluster depend on each other: a speaker who is hard to read is so in every clip.
 * Drawing samples one by one would therefore make intervals too narrow (A. C. Davison and D. V. Hinkley,
 * "Bootstrap Methods and their Application", 1997, section 3.8).
 *
 * Clusters are numbered in the order of their sorted names, so that the order of the samples does not matter.
 *
 * @example
 * ```ts
 * import { ClusterResamples } from "./cluster_resamples.ts";
 * import { COUNT_STATISTICS } from "./count_statistics.ts";
 * import assert from "node:assert/strict";
 *
 * const resamples = new ClusterResamples(["ann", "ann", "bob"], { resamples: 3, seed: 1 });
 * assert.equal(resamples.draws.length, 3 * 2);
 * const right = Int32Array.of(0, 1, 1);
 * const [accuracies] = resamples.values(right, right, 2, [COUNT_STATISTICS.accuracy]);
 * assert.deepEqual([...accuracies], [1, 1, 1]);
 * ```
 */
export class ClusterResamples {
  /** Number of clusters. */
  readonly nClusters: number;
  /** Number of resamples. */
  readonly resamples: number;
  /** The clusters drawn, by number [resamples, nClusters]. */
  readonly draws: Int32Array;
  /** Cluster of each sample, by number [n]. */
  readonly clusterOf: Int32Array;

  /**
   * Makes the draws.
   *
   * @param clusters Name of each sample's cluster [n].
   *
   * @throws {RangeError} If there are no samples, or the number of resamples is not a positive integer.
   */
  constructor(clusters: readonly string[], options: BootstrapOptions = {}) {
    const { resamples = 2000, seed = 1 } = options;
    if (clusters.length === 0) throw new RangeError("there are no samples to draw from");
    if (!Number.isInteger(resamples) || resamples < 1) {
      throw new RangeError(`${resamples} resamples are not possible: give a positive integer`);
    }
    // By code units, as sort() does without being told: the locale must not change results.
    const numbers = new Map([...new Set(clusters)].sort().map((name, number) => [name, number]));
    this.nClusters = numbers.size;
    this.resamples = resamples;
    this.clusterOf = Int32Array.from(clusters, (name) => numbers.get(name)!);
    const rng = new Random(seed).derive("cluster-bootstrap");
    this.draws = new Int32Array(resamples * numbers.size).map(() => rng.int(numbers.size));
  }

  /**
   * Computes statistics of every resample from the clusters' class counts.
   *
   * @param truth True class indices [n].
   * @param predicted Predicted class indices [n].
   * @param nClasses Number of classes.
   * @param statistics What to compute.
   * @returns For each statistic its values [resamples].
   *
   * @throws {RangeError} If the lengths differ from each other or from the number of samples that have a
   * cluster, or a class index is out of range.
   */
  values(
    truth: Int32Array,
    predicted: Int32Array,
    nClasses: number,
    statistics: readonly CountStatistic[],
  ): Float64Array[] {
    const { cells, counts, starts } = this.#sparseCounts(truth, predicted, nClasses);
    const values = statistics.map(() => new Float64Array(this.resamples));
    const sums = new Float64Array(3 * nClasses);
    const views = {
      hits: sums.subarray(0, nClasses),
      support: sums.subarray(nClasses, 2 * nClasses),
      chosen: sums.subarray(2 * nClasses),
    };
    const { draws, nClusters } = this;
    for (let r = 0; r < this.resamples; r++) {
      sums.fill(0);
      for (let d = r * nClusters; d < (r + 1) * nClusters; d++) {
        const end = starts[draws[d] + 1];
        for (let at = starts[draws[d]]; at < end; at++) sums[cells[at]] += counts[at];
      }
      for (let s = 0; s < statistics.length; s++) values[s][r] = statistics[s](views);
    }
    return values;
  }

  /**
   * The class counts of each cluster that are not 0, cluster after cluster: hits are cells 0 to
   * nClasses - 1, then comes support, then what was chosen. A speaker fills most cells, a take two or
   * three of them.
   */
  #sparseCounts(
    truth: Int32Array,
    predicted: Int32Array,
    nClasses: number,
  ): { cells: Int32Array; counts: Float64Array; starts: Int32Array } {
    // Checks lengths and classes.
    classCounts(truth, predicted, nClasses);
    if (truth.length !== this.clusterOf.length) {
      throw new RangeError(`${this.clusterOf.length} clusters named for ${truth.length} samples`);
    }
    const perCluster = Array.from({ length: this.nClusters }, () => new Map<number, number>());
    this.clusterOf.forEach((cluster, k) => {
      const cells = perCluster[cluster];
      const count = (cell: number) => cells.set(cell, (cells.get(cell) ?? 0) + 1);
      if (truth[k] === predicted[k]) count(truth[k]);
      count(nClasses + truth[k]);
      count(2 * nClasses + predicted[k]);
    });
    const starts = new Int32Array(this.nClusters + 1);
    perCluster.forEach((cells, cluster) => starts[cluster + 1] = starts[cluster] + cells.size);
    return {
      cells: Int32Array.from(perCluster.flatMap((cells) => [...cells.keys()])),
      counts: Float64Array.from(perCluster.flatMap((cells) => [...cells.values()])),
      starts,
    };
  }
}
