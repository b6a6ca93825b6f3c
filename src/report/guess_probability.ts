/**
 * Probability that a guesser who is right with probability `p` gets at least `correct` of `n` right: the
 * upper tail of the binomial distribution, summed from its logarithms so that no term overflows.
 *
 * @param correct Hits, 0 to `n`.
 * @param n Trials.
 * @param p Probability of a hit, 0 to 1.
 *
 * @throws {RangeError} If the counts are not integers with 0 <= correct <= n, or `p` is no probability.
 *
 * @example
 * ```ts
 * import { guessProbability } from "./guess_probability.ts";
 * import assert from "node:assert/strict";
 *
 * // Two coins: one head at least in three of four throws.
 * assert.equal(guessProbability(1, 2, 0.5).toFixed(6), "0.750000");
 * ```
 */
export function guessProbability(correct: number, n: number, p: number): number {
  if (!Number.isInteger(correct) || !Number.isInteger(n) || correct < 0 || correct > n) {
    throw new RangeError(`${correct} right of ${n} is not possible`);
  }
  if (!(p >= 0 && p <= 1)) throw new RangeError(`${p} is not a probability`);
  if (correct === 0 || p === 1) return 1;
  if (p === 0) return 0;
  // log of (n choose k) p^k (1-p)^(n-k), from k to k + 1 by the ratio of neighbours.
  let term = n * Math.log1p(-p), sum = 0;
  for (let k = 0; k <= n; k++) {
    if (k >= correct) sum += Math.exp(term);
    term += Math.log((n - k) / (k + 1)) + Math.log(p) - Math.log1p(-p);
  }
  return Math.min(1, sum);
}
