/**
 * McNemar's exact test (Q. McNemar, Psychometrika 12, 1947) whether two models are right equally often on
 * the same samples. Only samples on which exactly one of them is right say something: were the models
 * equally good, each would fall to either side like a coin.
 *
 * It takes samples as independent of each other. Where they come in speakers, look at
 * {@linkcode pairedBootstrap} beside it.
 *
 * @param onlyFirst Number of samples on which only the first model is right.
 * @param onlySecond Number of samples on which only the second model is right.
 * @returns Two-sided p: twice the smaller binomial tail, at most 1; that of statsmodels'
 * `mcnemar(exact=True)`.
 *
 * @throws {RangeError} If a count is not a non-negative integer.
 *
 * @example
 * ```ts
 * import { mcnemarExact } from "./mcnemar_exact.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(mcnemarExact(6, 0), 2 / 64);
 * assert.equal(mcnemarExact(4, 4), 1);
 * ```
 */
export function mcnemarExact(onlyFirst: number, onlySecond: number): number {
  for (const count of [onlyFirst, onlySecond]) {
    if (!Number.isInteger(count) || count < 0) {
      throw new RangeError(`${count} is not a number of samples`);
    }
  }
  const n = onlyFirst + onlySecond;
  const k = Math.min(onlyFirst, onlySecond);
  // P(X <= k) = (n choose k) / 2^n x (1 + k / (n - k + 1) + ...), terms from k down to 0.
  let sum = 0;
  for (let i = k, term = 1; i >= 0 && term > sum * Number.EPSILON / 4; i--) {
    sum += term;
    term *= i / (n - i + 1);
  }
  // Halving is exact and keeps the growing product from overflowing.
  let product = sum, halvings = n;
  for (let i = 1; i <= k; i++) {
    product *= (n - k + i) / i;
    for (; product > 1; halvings--) product /= 2;
  }
  return Math.min(1, 2 * product * 2 ** -halvings);
}
