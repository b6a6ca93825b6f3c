/** Two things that belong together, by number. */
export interface Pair {
  /** The one. */
  readonly a: number;
  /** The other. */
  readonly b: number;
}

/** Things that pairs connect. */
export interface PairGroup<P extends Pair> {
  /** Their numbers, ascending. */
  readonly members: readonly number[];
  /** The pairs, in the order in which they were given. */
  readonly pairs: readonly P[];
}

/**
 * Gathers what pairs connect, directly or by way of others, in the order of the lowest numbers.
 *
 * @example
 * ```ts
 * import { groupPairs } from "./group_pairs.ts";
 * import assert from "node:assert/strict";
 *
 * const groups = groupPairs([{ a: 5, b: 7 }, { a: 0, b: 3 }, { a: 3, b: 4 }]);
 * assert.deepEqual(groups.map(({ members }) => members), [[0, 3, 4], [5, 7]]);
 * ```
 */
export function groupPairs<P extends Pair>(pairs: readonly P[]): PairGroup<P>[] {
  const parents = new Map<number, number>();
  const rootOf = (member: number): number => {
    let root = member;
    for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up;
    return root;
  };
  for (const { a, b } of pairs) {
    const [one, other] = [rootOf(a), rootOf(b)];
    // The lowest number stands for its group.
    if (one !== other) parents.set(Math.max(one, other), Math.min(one, other));
  }
  const groups = Map.groupBy(pairs, ({ a }) => rootOf(a));
  return [...groups].sort(([a], [b]) => a - b).map(([, pairs]) => ({
    members: [...new Set(pairs.flatMap(({ a, b }) => [a, b]))].sort((a, b) => a - b),
    pairs,
  }));
}
