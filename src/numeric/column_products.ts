import { BLOCK, crossProducts } from "./cross_products.ts";
import { transpose } from "./transpose.ts";

/**
 * The dot product of every column of `rows` with every column: the transpose of `rows` times `rows`, in double
 * precision and exactly symmetric. It is {@linkcode crossProducts} of the transpose, to the last bit, without a
 * transpose of the whole.
 *
 * @param rows Row-major values [n, p].
 * @param p Number of values in a row.
 * @returns Row-major products [p, p].
 *
 * @example
 * ```ts
 * import { columnProducts } from "./column_products.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(columnProducts(Float64Array.of(1, 2, 3, 4), 2), Float64Array.of(10, 14, 14, 20));
 * ```
 */
export function columnProducts(rows: Float64Array, p: number): Float64Array {
  const out = new Float64Array(p * p);
  const part = new Float64Array(p * p);
  for (let from = 0; from < rows.length; from += BLOCK * p) {
    const some = rows.subarray(from, from + BLOCK * p);
    const columns = transpose(some, some.length / p, p);
    crossProducts(columns, columns, some.length / p, part);
    for (let at = 0; at < out.length; at++) out[at] += part[at];
  }
  return out;
}
