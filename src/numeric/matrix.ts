/**
 * A dense row-major matrix of single-precision numbers: one row a sample, one column a feature.
 *
 * @example
 * ```ts
 * import { Matrix } from "./matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const m = Matrix.fromRows([[1, 2, 3], [4, 5, 6]]);
 * assert.deepEqual(Array.from(m.row(1)), [4, 5, 6]);
 * assert.deepEqual(Array.from(m.selectRows([1]).data), [4, 5, 6]);
 * ```
 */
export class Matrix {
  /** Number of rows (samples). */
  readonly rows: number;
  /** Number of columns (features). */
  readonly cols: number;
  /** The values, row by row: `rows * cols` numbers. */
  readonly data: Float32Array;

  /**
   * Wraps `data` without copying it.
   *
   * @throws {RangeError} If `data` does not hold exactly `rows * cols` values.
   */
  constructor(rows: number, cols: number, data: Float32Array = new Float32Array(rows * cols)) {
    if (data.length !== rows * cols) {
      throw new RangeError(
        `a ${rows} x ${cols} matrix needs ${rows * cols} values, got ${data.length}`,
      );
    }
    this.rows = rows;
    this.cols = cols;
    this.data = data;
  }

  /**
   * Copies `rows`, each an array of the same length, into a new matrix.
   *
   * @throws {RangeError} If the rows differ in length.
   */
  static fromRows(rows: ArrayLike<ArrayLike<number>>): Matrix {
    const cols = rows.length === 0 ? 0 : rows[0].length;
    const out = new Matrix(rows.length, cols);
    for (let r = 0; r < rows.length; r++) {
      if (rows[r].length !== cols) {
        throw new RangeError(`row ${r} has ${rows[r].length} values, row 0 has ${cols}`);
      }
      out.data.set(rows[r], r * cols);
    }
    return out;
  }

  /** A view of row `r`: `cols` numbers that share this matrix's memory. */
  row(r: number): Float32Array {
    return this.data.subarray(r * this.cols, (r + 1) * this.cols);
  }

  /** The column of the greatest value in each row [rows]; the first of equals. */
  argMax(): Int32Array {
    return Int32Array.from({ length: this.rows }, (_, r) => {
      const row = this.row(r);
      return row.reduce((best, value, c) => value > row[best] ? c : best, 0);
    });
  }

  /** A new matrix of the rows whose numbers are listed, in that order. */
  selectRows(indices: ArrayLike<number>): Matrix {
    const out = new Matrix(indices.length, this.cols);
    for (let i = 0; i < indices.length; i++) out.data.set(this.row(indices[i]), i * this.cols);
    return out;
  }

  /**
   * A new matrix with the columns of `parts` side by side: early fusion.
   *
   * @throws {RangeError} If the parts differ in their number of rows.
   */
  static concatColumns(parts: readonly Matrix[]): Matrix {
    const rows = parts.length === 0 ? 0 : parts[0].rows;
    const out = new Matrix(rows, parts.reduce((sum, part) => sum + part.cols, 0));
    for (let r = 0, at = 0; r < rows; r++) {
      for (const part of parts) {
        if (part.rows !== rows) {
          throw new RangeError(`cannot join ${part.rows} rows to ${rows} rows`);
        }
        out.data.set(part.row(r), at);
        at += part.cols;
      }
    }
    return out;
  }
}
