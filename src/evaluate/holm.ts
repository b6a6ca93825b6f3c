/**
 * Adjusts p-values for having made several comparisons (S. Holm, Scandinavian Journal of Statistics 6,
 * 1979): the smallest of m is multiplied by m, the next by m - 1 and so on, never below the one before, at
 * most 1. Whoever calls different what stays below 0.05 is wrong about one comparison or more in at most
 * 5 % of cases.
 *
 * @param pValues P-values [m].
 * @returns Adjusted p-values [m], in the same order; those of statsmodels' `multipletests(method="holm")`.
 *
 * @throws {RangeError} If a p-value is not between 0 and 1.
 *
 * @example
 * ```ts
 * import { holm } from "./holm.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(holm([0.25, 0.125, 0.75]), [0.5, 0.375, 0.75]);
 * ```
 */
export function holm(pValues: readonly number[]): number[] {
  const wrong = pValues.find((p) => !(p >= 0 && p <= 1));
  if (wrong !== undefined) throw new RangeError(`${wrong} is not a p-value`);
  const adjusted = new Array<number>(pValues.length);
  let least = 0;
  Array.from(pValues.keys()).sort((a, b) => pValues[a] - pValues[b]).forEach((at, rank) => {
    least = Math.max(least, Math.min(1, (pValues.length - rank) * pValues[at]));
    adjusted[at] = least;
  });
  return adjusted;
}
