import type { Matrix } from "../../numeric/matrix.ts";
import { crossProducts } from "../../numeric/cross_products.ts";
import { rowStretches } from "../../numeric/row_stretches.ts";

/** Rows that are taken at once. */
const ROWS = 256;

/**
 * One score a sample and class of a linear model: `x` times the transpose of `coef`, plus `intercept`.
 *
 * @param x Samples [n, features].
 * @param coef Row-major coefficients [k, features].
 * @param intercept Intercepts [k].
 * @returns Row-major scores [n, k].
 *
 * @example
 * ```ts
 * import { linearScores } from "./linear_scores.ts";
 * import { Matrix } from "../../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const scores = linearScores(Matrix.fromRows([[1, 2]]), Float64Array.of(1, 1, 0, 3), Float64Array.of(0, 1));
 * assert.deepEqual(scores, Float64Array.of(3, 7));
 * ```
 */
export function linearScores(x: Matrix, coef: Float64Array, intercept: Float64Array): Float64Array {
  const scores = new Float64Array(x.rows * intercept.length);
  for (const { from, to, values } of rowStretches(x.data, x.cols, ROWS)) {
    const place = scores.subarray(from * intercept.length, to * intercept.length);
    crossProducts(values, coef, x.cols, place);
  }
  for (let k = 0; k < scores.length; k++) scores[k] += intercept[k % intercept.length];
  return scores;
}
