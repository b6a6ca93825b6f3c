import { crossProducts } from "./cross_products.ts";
import { symmetricFunction } from "./symmetric_function.ts";
import { transpose } from "./transpose.ts";
import { weightedSums } from "./weighted_sums.ts";

/**
 * The pseudo-inverse of `rows`' `rows` [p, p] applied to vectors, by way of the smaller of the two Gram
 * matrices: with few rows that takes next to nothing, however many columns there are.
 *
 * @param rows Row-major [n, p].
 * @param n Number of rows.
 * @param p Number of columns.
 * @param vectors Row-major vectors [k, p].
 * @param least Gets the eigenvalues, which are the squares of the singular values of `rows`, and gives the
 * one up to which they count as 0.
 * @returns Row-major vectors [k, p].
 *
 * @example
 * ```ts
 * import { applyPseudoInverse } from "./apply_pseudo_inverse.ts";
 * import assert from "node:assert/strict";
 *
 * // One row [1, 1]: the matrix [[1, 1], [1, 1]] has the pseudo-inverse [[1, 1], [1, 1]] / 4.
 * const [a, b] = applyPseudoInverse(Float64Array.of(1, 1), 1, 2, Float64Array.of(4, 0), () => 1e-9);
 * assert(Math.abs(a - 1) < 1e-12 && Math.abs(b - 1) < 1e-12);
 * ```
 */
export function applyPseudoInverse(
  rows: Float64Array,
  n: number,
  p: number,
  vectors: Float64Array,
  least: (values: Float64Array) => number,
): Float64Array {
  const power = (exponent: number) => (values: Float64Array) => {
    const nothing = least(values);
    return values.map((value) => value > nothing ? value ** exponent : 0);
  };
  if (n > p) {
    const columns = transpose(rows, n, p);
    return symmetricFunction(crossProducts(columns, columns, n), p, vectors, power(-1));
  }
  // Fewer rows than columns: with X X' = U S^2 U', the pseudo-inverse of X'X is X' U S^-4 U' X.
  const gram = crossProducts(rows, rows, p);
  const parts = symmetricFunction(gram, n, crossProducts(vectors, rows, p), power(-2));
  return weightedSums(parts, rows, p);
}
