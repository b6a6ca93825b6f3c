/**
 * The rows that count of a matrix `data` [rows, width].
 *
 * @param counts 1 for each row that counts, 0 for the others [rows].
 *
 * @throws {RangeError} If there are other than `counts.length` rows.
 *
 * @example
 * ```ts
 * import { countedRows } from "./counted_rows.ts";
 * import assert from "node:assert/strict";
 *
 * const rows = countedRows(Float32Array.of(1, 2, 3, 4, 5, 6), Uint8Array.of(1, 0, 1));
 * assert.deepEqual(rows, Float32Array.of(1, 2, 5, 6));
 * ```
 */
export function countedRows(data: Float32Array, counts: Uint8Array): Float32Array {
  if (counts.every((count) => count === 1)) return data;
  const width = data.length / counts.length;
  if (!Number.isInteger(width)) {
    throw new RangeError(`${data.length} numbers are not ${counts.length} rows`);
  }
  const kept = Array.from(counts.keys()).filter((row) => counts[row] === 1);
  const out = new Float32Array(kept.length * width);
  kept.forEach((row, i) => out.set(data.subarray(row * width, (row + 1) * width), i * width));
  return out;
}
