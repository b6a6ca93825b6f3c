import type { Random } from "../numeric/random.ts";

/**
 * Divides samples into `k` test folds such that no group is in two of them and every fold has, as nearly as
 * that allows, the same share of each class. The method is that of scikit-learn's
 * `StratifiedGroupKFold`: groups in the order of how uneven their classes are, each to the fold where
 * it leaves the shares most even. Unlike there, no fold is ever empty.
 *
 * @param labels Class index of each sample [n].
 * @param groups Group of each sample [n].
 * @param k Number of folds.
 * @param rng Shuffles groups that are equally uneven. Without it they keep the order of their first sample.
 * @returns The numbers of the test samples of each fold, ascending.
 *
 * @throws {RangeError} If the lengths differ or there are fewer groups than folds.
 *
 * @example
 * ```ts
 * import { stratifiedGroupKFold } from "./stratified_group_k_fold.ts";
 * import assert from "node:assert/strict";
 *
 * const folds = stratifiedGroupKFold([0, 0, 1, 1, 0, 0, 1, 1], ["a", "a", "b", "b", "c", "c", "d", "d"], 2);
 * assert.deepEqual(folds, [Int32Array.of(0, 1, 6, 7), Int32Array.of(2, 3, 4, 5)]);
 * ```
 */
export function stratifiedGroupKFold(
  labels: ArrayLike<number>,
  groups: ArrayLike<string | number>,
  k: number,
  rng?: Random,
): Int32Array[] {
  if (labels.length !== groups.length) {
    throw new RangeError(`${labels.length} labels but ${groups.length} groups`);
  }
  const classOf = numbered(labels);
  const groupOf = numbered(groups);
  if (groupOf.size < k) {
    throw new RangeError(`${k} folds need at least ${k} groups, there are ${groupOf.size}`);
  }
  const width = classOf.size;
  const totals = new Float64Array(width);
  const counts = Array.from({ length: groupOf.size }, () => new Float64Array(width));
  for (let s = 0; s < labels.length; s++) {
    const c = classOf.index[s];
    counts[groupOf.index[s]][c]++;
    totals[c]++;
  }

  const start = rng?.permutation(counts.length) ?? Int32Array.from(counts.keys());
  const unevenness = counts.map(deviation);
  const order = Array.from(start).sort((a, b) => unevenness[b] - unevenness[a]);
  const perFold = Array.from({ length: k }, () => new Float64Array(width));
  const sizes = new Int32Array(k);
  const foldOf = new Int32Array(counts.length);
  order.forEach((group, done) => {
    // The last groups belong to the folds that have none yet.
    const empty = perFold.filter((_, f) => sizes[f] === 0).length;
    const mustFill = empty >= order.length - done;
    let best = -1, least = Infinity;
    for (let f = 0; f < k; f++) {
      if (mustFill && sizes[f] > 0) continue;
      const value = spreadWith(perFold, f, counts[group], totals);
      const fewer = best !== -1 && sizes[f] < sizes[best];
      if (best === -1 || value < least || (isClose(value, least) && fewer)) {
        least = value;
        best = f;
      }
    }
    foldOf[group] = best;
    for (let c = 0; c < width; c++) {
      perFold[best][c] += counts[group][c];
      sizes[best] += counts[group][c];
    }
  });
  const all = Int32Array.from({ length: labels.length }, (_, s) => s);
  return Array.from({ length: k }, (_, f) => all.filter((s) => foldOf[groupOf.index[s]] === f));
}

/** Numbers the distinct values in the order of their first appearance. */
function numbered<T>(values: ArrayLike<T>): { index: Int32Array; size: number } {
  const seen = new Map<T, number>();
  const index = Int32Array.from(Array.from(values), (value) => {
    const known = seen.get(value) ?? seen.size;
    seen.set(value, known);
    return known;
  });
  return { index, size: seen.size };
}

/** Mean over classes of how the folds' shares of a class deviate, were the group added to fold `f`. */
function spreadWith(
  perFold: readonly Float64Array[],
  f: number,
  group: Float64Array,
  totals: Float64Array,
): number {
  let sum = 0;
  const shares = new Float64Array(perFold.length);
  for (let c = 0; c < totals.length; c++) {
    for (let k = 0; k < shares.length; k++) {
      shares[k] = (perFold[k][c] + (k === f ? group[c] : 0)) / totals[c];
    }
    sum += deviation(shares);
  }
  return sum / totals.length;
}

/** Population standard deviation. */
function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** numpy's `isclose`, on which ties in scikit-learn hang. */
function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-8 + 1e-5 * Math.abs(b);
}
