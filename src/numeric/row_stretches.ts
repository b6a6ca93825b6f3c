/** Some rows of a matrix that follow each other. */
export interface RowStretch {
  /** Number of the first of them. */
  readonly from: number;
  /** Number of the row after the last. */
  readonly to: number;
  /** Their values, row by row; valid until the next stretch. */
  readonly values: Float64Array;
}

/**
 * The rows of a matrix in double precision, some at a time, all in the same place: together they would be twice the
 * matrix.
 *
 * @param data Row-major values [rows, cols].
 * @param cols Number of values in a row.
 * @param most Rows in a stretch; the last one may have fewer.
 * @param place Room for as many rows, where there is some.
 *
 * @example
 * ```ts
 * import { rowStretches } from "./row_stretches.ts";
 * import assert from "node:assert/strict";
 *
 * const sums = Array.from(
 *   rowStretches(Float32Array.of(1, 2, 3, 4, 5, 6), 2, 2),
 *   ({ from, to, values }) => [from, to, values.reduce((a, b) => a + b)],
 * );
 * assert.deepEqual(sums, [[0, 2, 10], [2, 3, 11]]);
 * ```
 */
export function* rowStretches(
  data: Float32Array | Float64Array,
  cols: number,
  most: number,
  place: Float64Array = new Float64Array(Math.min(most, data.length / cols) * cols),
): Generator<RowStretch> {
  const rows = data.length / cols;
  for (let from = 0; from < rows; from += most) {
    const to = Math.min(from + most, rows);
    const values = place.subarray(0, (to - from) * cols);
    values.set(data.subarray(from * cols, to * cols));
    yield { from, to, values };
  }
}
