import type { Random } from "../numeric/random.ts";

/**
 * Holds out about `share` of the samples in whole groups, with the classes as nearly as the groups
 * allow in the shares that they have in all samples: groups in random order, each held out if that
 * brings the held-out count of every class nearer to `share` of the class (sum of squares). With a
 * group a sample the count of each class is exact to within rounding.
 *
 * @param labels Class index of each sample [n].
 * @param groups Group of each sample [n]: a speaker, a take.
 * @param share Share to hold out, between 0 and 1.
 * @param random Where the order comes from.
 * @returns The numbers of the held-out samples, ascending: none where every group is too large, never
 * all.
 *
 * @throws {RangeError} If the lengths differ or the share is not between 0 and 1.
 *
 * @example
 * ```ts
 * import { holdOutGroups } from "./hold_out_groups.ts";
 * import { Random } from "../numeric/random.ts";
 * import assert from "node:assert/strict";
 *
 * const labels = [0, 1, 0, 1, 0, 1, 0, 1];
 * const speakers = [1, 1, 2, 2, 3, 3, 4, 4];
 * const held = holdOutGroups(labels, speakers, 0.25, new Random(1));
 * assert.equal(held.length, 2);
 * assert.equal(speakers[held[0]], speakers[held[1]]);
 * ```
 */
export function holdOutGroups(
  labels: ArrayLike<number>,
  groups: ArrayLike<string | number>,
  share: number,
  random: Random,
): Int32Array {
  if (labels.length !== groups.length) {
    throw new RangeError(`${labels.length} labels but ${groups.length} groups`);
  }
  if (!(share > 0 && share < 1)) {
    throw new RangeError(`cannot hold out ${share} of the samples: give a share between 0 and 1`);
  }
  const nClasses = Array.from(labels).reduce((most, label) => Math.max(most, label + 1), 0);
  const members = new Map<string | number, number[]>();
  const missing = new Float64Array(nClasses);
  for (let s = 0; s < labels.length; s++) {
    members.set(groups[s], [...members.get(groups[s]) ?? [], s]);
    missing[labels[s]] += share;
  }
  const lists = [...members.values()];
  const held: number[] = [];
  for (const g of random.permutation(lists.length)) {
    const counts = new Float64Array(nClasses);
    for (const s of lists[g]) counts[labels[s]]++;
    // |missing - counts|^2 < |missing|^2, by how much the sum of squares changes.
    const change = counts.reduce((sum, n, c) => sum + n * (n - 2 * missing[c]), 0);
    if (change >= 0 || held.length + lists[g].length === labels.length) continue;
    for (const s of lists[g]) held.push(s);
    counts.forEach((n, c) => missing[c] -= n);
  }
  return Int32Array.from(held).sort();
}
