/**
 * The central part of some values, 95 % of them unless told otherwise: between their 2.5 % and 97.5 % quantiles,
 * interpolated linearly as `numpy.percentile` does (type 7 of R. J. Hyndman and Y. Fan, The American Statistician 50, 1996).
 *
 * @param values At least one value, in any order; left as they are.
 * @param outside Share of the values that lie outside, half of it on each side.
 *
 * @throws {RangeError} If there are no values.
 *
 * @example
 * ```ts
 * import { percentileInterval } from "./percentile_interval.ts";
 * import assert from "node:assert/strict";
 *
 * const values = Float64Array.from({ length: 41 }, (_, k) => k);
 * assert.deepEqual(percentileInterval(values), [1, 39]);
 * assert.deepEqual(percentileInterval(values, 0.5), [10, 30]);
 * ```
 */
export function percentileInterval(
  values: Float64Array,
  outside = 0.05,
): [low: number, high: number] {
  if (values.length === 0) throw new RangeError("there is no interval of no values");
  const sorted = values.toSorted();
  return [quantile(sorted, outside / 2), quantile(sorted, 1 - outside / 2)];
}

function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
