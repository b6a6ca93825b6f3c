import type { Matrix } from "../../numeric/matrix.ts";
import { crossProducts } from "../../numeric/cross_products.ts";
import { exp } from "../../numeric/exp.ts";

/**
 * The radial basis function exp(-gamma |a - b|^2) of every row of `a` with every row of `b`, in double
 * precision. When both are the same array the result is exactly symmetric with ones on the diagonal.
 *
 * @param a Row-major values [n, length].
 * @param b Row-major values [m, length].
 * @param length Number of values in a row.
 * @param gamma Inverse width.
 * @param out Where the values go, if there is a place for them.
 * @returns Row-major kernel values [n, m].
 *
 * @example
 * ```ts
 * import { rbfKernel } from "./rbf_kernel.ts";
 * import assert from "node:assert/strict";
 *
 * const kernel = rbfKernel(Float64Array.of(0, 3), Float64Array.of(0, 4), 2, 0.1);
 * assert(Math.abs(kernel[0] - Math.exp(-0.1)) < 1e-15);
 * ```
 */
export function rbfKernel(
  a: Float64Array,
  b: Float64Array,
  length: number,
  gamma: number,
  out?: Float64Array,
): Float64Array {
  const kernel = crossProducts(a, b, length, out);
  const m = b.length / length;
  // Within one array the norms come from the products themselves, so that |a - a|^2 is exactly 0.
  const normsB = a === b
    ? Float64Array.from({ length: m }, (_, k) => kernel[k * m + k])
    : squaredNorms(b, length);
  const normsA = a === b ? normsB : squaredNorms(a, length);
  for (let i = 0, at = 0; i < normsA.length; i++) {
    for (let j = 0; j < m; j++, at++) {
      kernel[at] = exp(-gamma * squaredDistance(normsA[i], normsB[j], kernel[at]));
    }
  }
  return kernel;
}

/** |a - b|^2 of the squared lengths of a and b and their product; rounding must not make it negative. */
export function squaredDistance(normA: number, normB: number, product: number): number {
  return Math.max(0, normA + normB - 2 * product);
}

/**
 * scikit-learn's `gamma="scale"`: 1 / (features x population variance of all values), or 1 where nothing
 * varies.
 */
export function scaleGamma(x: Matrix): number {
  // Differences from one of the values: a constant matrix then has a variance of exactly 0.
  const shift = x.data[0];
  let mean = 0;
  for (const value of x.data) mean += value - shift;
  mean = shift + mean / x.data.length;
  let variance = 0;
  for (const value of x.data) variance += (value - mean) ** 2;
  variance /= x.data.length;
  return variance > 0 ? 1 / (x.cols * variance) : 1;
}

function squaredNorms(a: Float64Array, length: number): Float64Array {
  const out = new Float64Array(a.length / length);
  for (let k = 0; k < out.length; k++) {
    for (let f = k * length; f < (k + 1) * length; f++) out[k] += a[f] * a[f];
  }
  return out;
}
