import { percentileInterval } from "./percentile_interval.ts";

/** Differences smaller than this come from the order of additions. */
const ROUNDING = 1e-12;

/** How two models differ in a statistic, on the same samples. */
export interface PairedDifference {
  /** The first model's value less the second's. */
  readonly difference: number;
  /** 95 % percentile interval of the difference; null if there is only one cluster. */
  readonly ci95: [low: number, high: number] | null;
  /** Two-sided bootstrap p; null if there is only one cluster. */
  readonly p: number | null;
}

/**
 * Interval and p of a difference from the values of two models on the same resamples. The p-value is
 * what inverting the percentile interval gives: twice the smaller share of resamples on either side of
 * no difference, each share as (count + 1) / (resamples + 1), so that it is never 0 (Davison and Hinkley,
 * "Bootstrap Methods and their Application", 1997, sections 4.2 and 5.3).
 *
 * @param difference The observed difference.
 * @param first Values of the first model [resamples].
 * @param second Values of the second model [resamples].
 * @param nClusters Number of clusters that were drawn from; one of them says nothing about others.
 *
 * @example
 * ```ts
 * import { pairedDifference } from "./paired_difference.ts";
 * import assert from "node:assert/strict";
 *
 * const first = Float64Array.from({ length: 999 }, () => 0.75), second = new Float64Array(999);
 * assert.deepEqual(pairedDifference(0.75, first, second, 24), {
 *   difference: 0.75,
 *   ci95: [0.75, 0.75],
 *   p: 0.002,
 * });
 * ```
 */
export function pairedDifference(
  difference: number,
  first: Float64Array,
  second: Float64Array,
  nClusters: number,
): PairedDifference {
  const observed = withoutRounding(difference);
  if (nClusters === 1) return { difference: observed, ci95: null, p: null };
  const differences = first.map((value, r) => withoutRounding(value - second[r]));
  let notAbove = 0, notBelow = 0;
  for (const value of differences) {
    if (value <= 0) notAbove++;
    if (value >= 0) notBelow++;
  }
  return {
    difference: observed,
    ci95: percentileInterval(differences),
    p: Math.min(1, 2 * (Math.min(notAbove, notBelow) + 1) / (differences.length + 1)),
  };
}

function withoutRounding(value: number): number {
  return Math.abs(value) < ROUNDING ? 0 : value;
}
