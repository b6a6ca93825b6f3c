import { crossProducts } from "./cross_products.ts";
import { release } from "./release.ts";
import { transpose } from "./transpose.ts";

/** Columns whose products are computed at once. */
const COLUMNS = 64;

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
  // One place for all stretches, and one for some columns' products: they come faster than garbage is collected.
  let place = new Float64Array(0);
  const products = new Float64Array(COLUMNS * p);
  for (const rows of stretches) {
    const n = rows.length / p;
    if (place.length < rows.length) {
      release(place);
      place = new Float64Array(rows.length);
    }
    const columns = transpose(rows, n, p, place.subarray(0, rows.length));
    for (let first = 0; first < p; first += COLUMNS) {
      const last = Math.min(first + COLUMNS, p);
      const some = columns.subarray(first * n, last * n);
      const addTo = (others: Float64Array, from: number) => {
        const width = others.length / n;
        const part = products.subarray(0, (last - first) * width);
        crossProducts(some, others, n, part);
        for (let i = 0, at = 0; i < last - first; i++) {
          const to = (first + i) * p + from;
          for (let j = 0; j < width; j++) out[to + j] += part[at++];
        }
      };
      // With themselves they are the same array, of which only half is computed; then those that follow.
      addTo(some, first);
      addTo(columns.subarray(last * n), last);
    }
  }
  release(place, products);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < i; j++) out[i * p + j] = out[j * p + i];
  }
  return out;
}
