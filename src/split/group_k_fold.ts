import type { Random } from "../numeric/random.ts";
import { ProtocolError } from "./protocol_error.ts";

/** Options of {@linkcode groupKFold}. */
export interface GroupKFoldOptions {
  /**
   * Takes the groups in random order instead of the largest first: sizes come out less even, but groups
   * of different sizes do not always meet in the same fold, which repeated folds need.
   *
   * @default {false}
   */
  shuffled?: boolean;
}

/**
 * Divides groups, such as speakers, into `k` test folds of nearly equal size: the largest group first, each to
 * the smallest fold, as scikit-learn's `GroupKFold` does. Where folds are equally small the group goes to the
 * one whose classes it balances best; no fold is empty.
 *
 * @param labels Class index of each sample [n].
 * @param groups Group of each sample [n].
 * @param k Number of folds.
 * @param rng Shuffles groups of equal size, or all of them.
 * @returns The numbers of the test samples of each fold, ascending.
 *
 * @throws {RangeError} If the lengths differ, or a label is no class.
 * @throws {ProtocolError} If the number of folds is none, or there are fewer groups.
 *
 * @example
 * ```ts
 * import { groupKFold } from "./group_k_fold.ts";
 * import { Random } from "../numeric/random.ts";
 * import assert from "node:assert/strict";
 *
 * const folds = groupKFold([0, 1, 0, 1, 0, 1, 0, 1], [7, 7, 7, 7, 8, 8, 9, 9], 2, new Random(1));
 * assert.deepEqual(folds, [Int32Array.of(0, 1, 2, 3), Int32Array.of(4, 5, 6, 7)]);
 * ```
 */
export function groupKFold<T extends string | number>(
  labels: ArrayLike<number>,
  groups: ArrayLike<T>,
  k: number,
  rng: Random,
  options: GroupKFoldOptions = {},
): Int32Array[] {
  if (labels.length !== groups.length) {
    throw new RangeError(`${labels.length} labels but ${groups.length} groups`);
  }
  if (!(Number.isSafeInteger(k) && k >= 1)) {
    throw new ProtocolError(`${k} folds; allowed: a whole number from 1 on`);
  }
  for (let s = 0; s < labels.length; s++) {
    if (!(Number.isSafeInteger(labels[s]) && labels[s] >= 0)) {
      throw new RangeError(
        `sample ${s} has the class ${labels[s]}; allowed: a whole number from 0 on`,
      );
    }
  }
  const members = new Map<T, number[]>();
  for (let s = 0; s < groups.length; s++) {
    const list = members.get(groups[s]);
    if (list) list.push(s);
    else members.set(groups[s], [s]);
  }
  if (members.size < k) {
    throw new ProtocolError(`${k} folds need at least ${k} groups, there are ${members.size}`);
  }
  const lists = Array.from(members.values());
  const order = Array.from(rng.permutation(lists.length), (g) => lists[g]);
  if (!options.shuffled) order.sort((a, b) => b.length - a.length);

  let nClasses = 0;
  for (let s = 0; s < labels.length; s++) nClasses = Math.max(nClasses, labels[s] + 1);
  const folds: number[][] = Array.from({ length: k }, () => []);
  const perFold = Array.from({ length: k }, () => new Float64Array(nClasses));
  for (const group of order) {
    const smallest = Math.min(...folds.map((fold) => fold.length));
    const counts = new Float64Array(nClasses);
    for (const s of group) counts[labels[s]]++;
    let best = -1, least = Infinity;
    for (let f = 0; f < k; f++) {
      if (folds[f].length > smallest) continue;
      // At equal sizes the sum of squares is least where the classes come out most even.
      const squares = counts.reduce((sum, count, c) => sum + (perFold[f][c] + count) ** 2, 0);
      if (squares < least) {
        least = squares;
        best = f;
      }
    }
    for (const s of group) folds[best].push(s);
    counts.forEach((count, c) => perFold[best][c] += count);
  }
  return folds.map((fold) => Int32Array.from(fold).sort());
}
