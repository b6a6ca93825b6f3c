import { BLOCK } from "./cross_products.ts";
import { rowStretches } from "./row_stretches.ts";

/** Rows in double precision at a time, a divisor of BLOCK: they and the sums stay in the cache. */
export const ROWS = 64;

/**
 * Sums of a matrix's rows, each row times a weight: `weights` times the matrix, in double precision. It is
 * {@linkcode crossProducts} of the weights and the matrix's transpose, to the last bit, without the transpose in memory.
 *
 * @param weights Row-major weights [k, n].
 * @param data Row-major values [n, p].
 * @param p Number of values in a row.
 * @param place Room for ROWS rows, where there is some: who asks often makes less garbage.
 * @returns Row-major sums [k, p].
 *
 * @example
 * ```ts
 * import { weightedSums } from "./weighted_sums.ts";
 * import assert from "node:assert/strict";
 *
 * const sums = weightedSums(Float64Array.of(1, 10), Float32Array.of(1, 2, 3, 4), 2);
 * assert.deepEqual(sums, Float64Array.of(31, 42));
 * ```
 */
export function weightedSums(
  weights: Float64Array,
  data: Float32Array | Float64Array,
  p: number,
  place?: Float64Array,
): Float64Array {
  const n = data.length / p;
  const k = weights.length / n;
  const out = new Float64Array(k * p);
  const part = new Float64Array(k * p);
  for (const { from, to, values } of rowStretches(data, p, ROWS, place)) {
    let j = 0;
    for (; j + 1 < k; j += 2) addRowsToTwo(part, j * p, weights, j * n + from, n, values, p);
    if (j < k) addRows(part, j * p, weights, j * n + from, values, p);
    if (to % BLOCK !== 0 && to !== n) continue;
    for (let at = 0; at < out.length; at++) out[at] += part[at];
    part.fill(0);
  }
  return out;
}

/**
 * Adds rows of `p` values, one after the other, to two sums: the one from `to` on, times the weights from `at` on, and
 * the one behind it, times the weights that come `n` later. Four rows at a time, in the same order of additions: the
 * sums are loaded and stored, and the values loaded, once for eight products.
 */
function addRowsToTwo(
  sums: Float64Array,
  to: number,
  weights: Float64Array,
  at: number,
  n: number,
  values: Float64Array,
  p: number,
): void {
  const end = values.length - values.length % (4 * p);
  let row = 0, first = at, second = at + n;
  for (; row < end; row += 4 * p, first += 4, second += 4) {
    const a0 = weights[first], a1 = weights[first + 1], a2 = weights[first + 2];
    const b0 = weights[second], b1 = weights[second + 1], b2 = weights[second + 2];
    const a3 = weights[first + 3], b3 = weights[second + 3];
    const r1 = row + p, r2 = r1 + p, r3 = r2 + p, next = to + p;
    for (let f = 0; f < p; f++) {
      const x0 = values[row + f], x1 = values[r1 + f], x2 = values[r2 + f], x3 = values[r3 + f];
      sums[to + f] = sums[to + f] + a0 * x0 + a1 * x1 + a2 * x2 + a3 * x3;
      sums[next + f] = sums[next + f] + b0 * x0 + b1 * x1 + b2 * x2 + b3 * x3;
    }
  }
  const rest = values.subarray(row);
  addRows(sums, to, weights, first, rest, p);
  addRows(sums, to + p, weights, second, rest, p);
}

/** Adds rows of `p` values, times the weights from `at` on, to the sums from `to` on: one row after the other. */
function addRows(
  sums: Float64Array,
  to: number,
  weights: Float64Array,
  at: number,
  values: Float64Array,
  p: number,
): void {
  for (let row = 0; row < values.length; row += p, at++) {
    const weight = weights[at];
    for (let f = 0; f < p; f++) sums[to + f] += weight * values[row + f];
  }
}
