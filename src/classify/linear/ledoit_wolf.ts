import { crossProducts } from "../../numeric/cross_products.ts";

/**
 * How far the covariance of samples is best shrunk towards a multiple of the identity, from 0 (not at
 * all) to 1: O. Ledoit and M. Wolf, "A well-conditioned estimator for large-dimensional covariance
 * matrices", Journal of Multivariate Analysis 88(2), 2004. The same as scikit-learn's
 * `ledoit_wolf_shrinkage` of centred samples, which takes 0 for a single feature.
 *
 * @param x Row-major samples [n, features] whose columns have mean 0.
 * @param features Number of columns.
 * @param place Room for n^2 numbers, where there is some: what was there is forgotten.
 *
 * @example
 * ```ts
 * import { ledoitWolf } from "./ledoit_wolf.ts";
 * import assert from "node:assert/strict";
 *
 * // Four samples of two features that are independent, but of different variance.
 * const x = Float64Array.of(1, 3, -1, 3, 1, -3, -1, -3);
 * assert.equal(ledoitWolf(x, 2), 9 / 64);
 * ```
 */
export function ledoitWolf(x: Float64Array, features: number, place?: Float64Array): number {
  const n = x.length / features;
  if (features === 1) return 0;
  const gram = crossProducts(x, x, features, place?.subarray(0, n * n));
  let trace = 0, fourth = 0, squares = 0;
  for (let i = 0; i < n; i++) {
    const norm = gram[i * n + i];
    trace += norm / n;
    fourth += norm * norm;
  }
  // The squared entries of X'X and of XX' have the same sum.
  for (const product of gram) squares += product * product;
  squares /= n * n;
  const spread = (fourth / n - squares) / (features * n);
  const distance = (squares - trace * trace / features) / features;
  const least = Math.min(spread, distance);
  return least > 0 ? least / distance : 0;
}
