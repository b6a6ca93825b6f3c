import { crossProducts } from "./cross_products.ts";
import { transpose } from "./transpose.ts";

/**
 * The dot product of every column of a matrix with every column: its transpose times itself, in double
 * precision and exactly symmetric. It is {@linkcode crossProducts} of the transpose, to the last bit, without the
 * whole in memory.
 *
 * @param stretches Row-major values [n, p], in stretches of BLOCK rows and what is left.
 * @param p Number of values in a row.
 * @returns Row-major products [p, p].
 *
 * @example
 * ```ts
 * import { columnProducts } from "./column_products.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(columnProducts([Float64Array.of(1, 2, 3, 4)], 2), Float64Array.of(10, 14, 14, 20));
 * ```
 */
export function columnProducts(stretches: Iterable<Float64Array>, p: number): Float64Array {
  const out = new Float64Array(p * p);
  const part = new Float64Array(p * p);
  // One place for all stretches: they come faster than their garbage is collected.
  let place = new Float64Array(0);
  for (const rows of stretches) {
    const n = rows.length / p;
    if (place.length < rows.length) place = new Float64Array(rows.length);
    const columns = transpose(rows, n, p, place.subarray(0, rows.length));
    crossProducts(columns, columns, n, part);
    for (let at = 0; at < out.length; at++) out[at] += part[at];
  }
  return out;
}
