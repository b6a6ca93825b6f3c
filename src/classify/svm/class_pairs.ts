/**
 * Calls `visit` for every pair i < j of `k` classes, with the running number of the pair: (0, 1), (0, 2)
 * ... (1, 2) ..., libsvm's order.
 */
export function forEachPair(
  k: number,
  visit: (i: number, j: number, pair: number) => void,
): void {
  for (let i = 0, pair = 0; i < k; i++) {
    for (let j = i + 1; j < k; j++) visit(i, j, pair++);
  }
}

/**
 * The class that wins most pairs, the one of lowest index among equals, as in libsvm.
 *
 * @param k Number of classes.
 * @param decision Decision value of each pair; positive speaks for its first class.
 */
export function vote(k: number, decision: (pair: number) => number): number {
  const votes = new Int32Array(k);
  forEachPair(k, (i, j, pair) => votes[decision(pair) > 0 ? i : j]++);
  return votes.indexOf(Math.max(...votes));
}
