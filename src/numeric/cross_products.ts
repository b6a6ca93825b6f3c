/**
 * Values along a row that are multiplied before the next rows are taken: eight such parts fit L1. Sums are made part by
 * part, so that who divides rows there himself gets the same bits.
 */
export const BLOCK = 512;
/** Rows of either side in a tile: sixteen sums that stay in registers, or nearly. */
const TILE = 4;

/**
 * The dot product of every row of `a` with every row of `b`: `a` times the transpose of `b`, in double
 * precision. When both are the same array only half the products are computed, and the result is
 * exactly symmetric.
 *
 * @param a Row-major values [n, length].
 * @param b Row-major values [m, length].
 * @param length Number of values in a row.
 * @param out Where the products go, if there is a place for them; what was there is forgotten.
 * @returns Row-major products [n, m].
 *
 * @example
 * ```ts
 * import { crossProducts } from "./cross_products.ts";
 * import assert from "node:assert/strict";
 *
 * const a = Float64Array.of(1, 2, 3, 4);
 * assert.deepEqual(crossProducts(a, a, 2), Float64Array.of(5, 11, 11, 25));
 * ```
 */
export function crossProducts(
  a: Float64Array,
  b: Float64Array,
  length: number,
  out: Float64Array = new Float64Array(a.length / length * (b.length / length)),
): Float64Array {
  const n = a.length / length;
  const m = b.length / length;
  const symmetric = a === b;
  out.fill(0);
  for (let start = 0; start < length; start += BLOCK) {
    const end = Math.min(start + BLOCK, length);
    for (let i = 0; i < n; i += TILE) {
      for (let j = symmetric ? i : 0; j < m; j += TILE) {
        if (i + TILE <= n && j + TILE <= m) addTile(a, b, length, start, end, i, j, out, m);
        else addEdge(a, b, length, start, end, i, j, out, n, m);
      }
    }
  }
  if (symmetric) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) out[i * n + j] = out[j * n + i];
    }
  }
  return out;
}

/** One 4 x 4 tile: eight loads for sixteen products, where a single dot product needs two for one. */
function addTile(
  a: Float64Array,
  b: Float64Array,
  length: number,
  start: number,
  end: number,
  i: number,
  j: number,
  out: Float64Array,
  m: number,
): void {
  let s00 = 0, s01 = 0, s02 = 0, s03 = 0, s10 = 0, s11 = 0, s12 = 0, s13 = 0;
  let s20 = 0, s21 = 0, s22 = 0, s23 = 0, s30 = 0, s31 = 0, s32 = 0, s33 = 0;
  const a0 = i * length, a1 = a0 + length, a2 = a1 + length, a3 = a2 + length;
  const b0 = j * length, b1 = b0 + length, b2 = b1 + length, b3 = b2 + length;
  for (let k = start; k < end; k++) {
    const x0 = a[a0 + k], x1 = a[a1 + k], x2 = a[a2 + k], x3 = a[a3 + k];
    const y0 = b[b0 + k], y1 = b[b1 + k], y2 = b[b2 + k], y3 = b[b3 + k];
    s00 += x0 * y0, s01 += x0 * y1, s02 += x0 * y2, s03 += x0 * y3;
    s10 += x1 * y0, s11 += x1 * y1, s12 += x1 * y2, s13 += x1 * y3;
    s20 += x2 * y0, s21 += x2 * y1, s22 += x2 * y2, s23 += x2 * y3;
    s30 += x3 * y0, s31 += x3 * y1, s32 += x3 * y2, s33 += x3 * y3;
  }
  let at = i * m + j;
  out[at] += s00, out[at + 1] += s01, out[at + 2] += s02, out[at + 3] += s03;
  at += m;
  out[at] += s10, out[at + 1] += s11, out[at + 2] += s12, out[at + 3] += s13;
  at += m;
  out[at] += s20, out[at + 1] += s21, out[at + 2] += s22, out[at + 3] += s23;
  at += m;
  out[at] += s30, out[at + 1] += s31, out[at + 2] += s32, out[at + 3] += s33;
}

/** The part of a tile that lies inside the matrix, at its right or lower edge. */
function addEdge(
  a: Float64Array,
  b: Float64Array,
  length: number,
  start: number,
  end: number,
  i: number,
  j: number,
  out: Float64Array,
  n: number,
  m: number,
): void {
  for (let r = i; r < Math.min(i + TILE, n); r++) {
    for (let c = j; c < Math.min(j + TILE, m); c++) {
      let sum = 0;
      for (let k = start; k < end; k++) sum += a[r * length + k] * b[c * length + k];
      out[r * m + c] += sum;
    }
  }
}
