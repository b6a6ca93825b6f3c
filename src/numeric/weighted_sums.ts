import { BLOCK } from "./cross_products.ts";
import { rowStretches } from "./row_stretches.ts";

/** Rows in double precision at a time, a divisor of BLOCK: they and the sums stay in the cache. */
const ROWS = 64;

/**
 * Sums of a matrix's rows, each row times a weight: `weights` times the matrix, in double precision. It is
 * {@linkcode crossProducts} of the weights and the matrix's transpose, to the last bit, without the transpose in memory.
 *
 * @param weights Row-major weights [k, n].
 * @param data Row-major values [n, p].
 * @param p Number of values in a row.
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
): Float64Array {
  const n = data.length / p;
  const k = weights.length / n;
  const out = new Float64Array(k * p);
  const part = new Float64Array(k * p);
  for (const { from, to, values } of rowStretches(data, p, ROWS)) {
    for (let j = 0; j < k; j++) {
      addRows(part, j * p, weights, j * n + from, values, p);
    }
    if (to % BLOCK !== 0 && to !== n) continue;
    for (let at = 0; at < out.length; at++) out[at] += part[at];
    part.fill(0);
  }
  return out;
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
  const end = values.length - values.length % (4 * p);
  let row = 0;
  // Four rows at a time, in the same order of additions: a load and a store of the sum for four products.
  for (; row < end; row += 4 * p, at += 4) {
    const w0 = weights[at], w1 = weights[at + 1], w2 = weights[at + 2], w3 = weights[at + 3];
    const r1 = row + p, r2 = r1 + p, r3 = r2 + p;
    for (let f = 0; f < p; f++) {
      sums[to + f] = sums[to + f] + w0 * values[row + f] + w1 * values[r1 + f] +
        w2 * values[r2 + f] + w3 * values[r3 + f];
    }
  }
  for (; row < values.length; row += p, at++) {
    const weight = weights[at];
    for (let f = 0; f < p; f++) sums[to + f] += weight * values[row + f];
  }
}
