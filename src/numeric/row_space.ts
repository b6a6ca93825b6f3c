import { crossProducts } from "./cross_products.ts";
import type { Matrix } from "./matrix.ts";

/** What remains of a sample beside those before it, relative to the longest one, that is taken for rounding. */
const NEGLIGIBLE = 1e-13;

/** Samples in an orthonormal basis of the space that they span, which is smaller than that of the features. */
export interface RowSpace {
  /** Dimensions of the space, at most the number of samples. */
  readonly rank: number;
  /** The samples in its coordinates [n, rank], row by row. */
  readonly coordinates: Float64Array;
  /** Vectors `u` [k, rank] of the space as coefficients of the features [k, features]. */
  toFeatures(u: Float64Array): Float64Array;
}

/**
 * The space of the samples `x` [n, features], by Cholesky's factorisation of their products with pivoting
 * (N. J. Higham, "Analysis of the Cholesky decomposition of a semi-definite matrix", 1990): X X' = L L',
 * where L are the coordinates. Any linear model with an L2 penalty has its coefficients in this
 * space, so that it may be fitted to L in the place of X.
 *
 * @example
 * ```ts
 * import { rowSpace } from "./row_space.ts";
 * import { Matrix } from "./matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const { rank, coordinates, toFeatures } = rowSpace(Matrix.fromRows([[3, 0, 4], [6, 0, 8]]));
 * assert.equal(rank, 1);
 * assert.deepEqual([...coordinates], [5, 10]);
 * assert.deepEqual([...toFeatures(Float64Array.of(5))].map(Math.round), [3, 0, 4]);
 * ```
 */
export function rowSpace(x: Matrix): RowSpace {
  const n = x.rows;
  const values = Float64Array.from(x.data);
  const products = crossProducts(values, values, x.cols);
  const left = Float64Array.from({ length: n }, (_, i) => products[i * n + i]);
  const least = NEGLIGIBLE * Math.max(...left);
  const pivots: number[] = [];
  // Column by column, since the rank is not known yet.
  const columns: Float64Array[] = [];
  while (pivots.length < n) {
    const pivot = left.indexOf(Math.max(...left));
    if (!(left[pivot] > least)) break;
    const column = new Float64Array(n);
    const length = Math.sqrt(left[pivot]);
    for (let i = 0; i < n; i++) column[i] = products[i * n + pivot];
    for (const before of columns) {
      const factor = before[pivot];
      for (let i = 0; i < n; i++) column[i] -= factor * before[i];
    }
    for (let i = 0; i < n; i++) column[i] /= length;
    for (const done of pivots) column[done] = 0;
    column[pivot] = length;
    for (let i = 0; i < n; i++) left[i] -= column[i] ** 2;
    left[pivot] = -Infinity;
    pivots.push(pivot);
    columns.push(column);
  }
  const rank = pivots.length;
  const coordinates = new Float64Array(n * rank);
  columns.forEach((column, c) => column.forEach((value, i) => coordinates[i * rank + c] = value));
  return {
    rank,
    coordinates,
    toFeatures: (u) => {
      const k = u.length / rank;
      const out = new Float64Array(k * x.cols);
      for (let j = 0; j < k; j++) {
        // Weights of the pivots whose sum the vector is: L' a = u, solved from the last.
        const weights = u.slice(j * rank, (j + 1) * rank);
        const to = out.subarray(j * x.cols, (j + 1) * x.cols);
        for (let c = rank - 1; c >= 0; c--) {
          const row = coordinates.subarray(pivots[c] * rank, pivots[c] * rank + c + 1);
          const weight = weights[c] /= row[c];
          for (let b = 0; b < c; b++) weights[b] -= row[b] * weight;
          const sample = values.subarray(pivots[c] * x.cols, (pivots[c] + 1) * x.cols);
          for (let f = 0; f < sample.length; f++) to[f] += weight * sample[f];
        }
      }
      return out;
    },
  };
}
