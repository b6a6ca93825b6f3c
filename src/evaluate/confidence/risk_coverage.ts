/** A share of the predictions, the surest ones, and how many of them are wrong. */
export interface CoveragePoint {
  /** Share of all predictions that are kept, above 0. */
  readonly coverage: number;
  /** Share of those that are wrong. */
  readonly risk: number;
}

/** What it brings to keep only what a model is sure of. */
export interface RiskCoverage {
  /** Risk at coverages of 1 / n, 2 / n, ... 1. */
  readonly points: readonly CoveragePoint[];
  /**
   * Mean risk over all coverages: the area under the curve. Of a model whose confidence says nothing it is its share
   * of wrong answers, of one that is right wherever it is sure nearly 0.
   */
  readonly area: number;
  /** Accuracy of the half that is surest; one more than a half, where the number is odd. */
  readonly surestHalf: number;
}

/**
 * Risk against coverage (El-Yaniv and Wiener, JMLR 2010): predictions are kept in the order of their confidence, and
 * of the k surest the share that is wrong is the risk at a coverage of k / n; the area is that of Geifman et al.
 * (ICLR 2019). Predictions of equal confidence count as if each was wrong by the share of them that is:
 * the mean over all their orders.
 *
 * @param confidence How sure each prediction is [n], in any unit.
 * @param right Whether each is right [n].
 *
 * @throws {RangeError} If there are no predictions, more of one than of the other, or a confidence is no number.
 *
 * @example
 * ```ts
 * import { riskCoverage } from "./risk_coverage.ts";
 * import assert from "node:assert/strict";
 *
 * const { points, area, surestHalf } = riskCoverage([0.9, 0.5, 0.8, 0.6], [true, false, true, false]);
 * assert.deepEqual(points.map(({ risk }) => risk), [0, 0, 1 / 3, 1 / 2]);
 * assert.deepEqual([area, surestHalf], [(1 / 3 + 1 / 2) / 4, 1]);
 * ```
 */
export function riskCoverage(
  confidence: ArrayLike<number>,
  right: ArrayLike<boolean>,
): RiskCoverage {
  const n = confidence.length;
  if (n === 0) throw new RangeError("there are no predictions to rank");
  if (right.length !== n) throw new RangeError(`${n} confidences for ${right.length} predictions`);
  const bad = Array.from(confidence).findIndex((value) => Number.isNaN(value));
  if (bad >= 0) throw new RangeError(`prediction ${bad}: its confidence is no number`);
  const order = Array.from({ length: n }, (_, i) => i)
    .toSorted((a, b) => confidence[b] - confidence[a]);
  const points: CoveragePoint[] = [];
  let wrong = 0;
  for (let first = 0, next: number; first < n; first = next) {
    next = first + 1;
    while (next < n && confidence[order[next]] === confidence[order[first]]) next++;
    const equal = order.slice(first, next);
    const wrongOfEqual = equal.reduce((sum, i) => sum + Number(!right[i]), 0);
    equal.forEach((_, k) => {
      const soFar = wrong + wrongOfEqual * (k + 1) / equal.length;
      const kept = first + k + 1;
      points.push({ coverage: kept / n, risk: soFar / kept });
    });
    wrong += wrongOfEqual;
  }
  return {
    points,
    area: points.reduce((sum, { risk }) => sum + risk, 0) / n,
    surestHalf: 1 - points[Math.ceil(n / 2) - 1].risk,
  };
}
