import type { Matrix } from "../numeric/matrix.ts";

/** Rows of features that are fetched batch by batch, so that they need not all be in memory. */
export interface RowSource {
  /** Number of rows. */
  readonly rows: number;

  /** The rows whose numbers are listed, one after the other. */
  batch(indices: Int32Array): Float32Array;
}

/** Rows of features with the class of each. */
export interface LabelledRows extends RowSource {
  /** Class index of each row. */
  readonly labels: Int32Array;
}

/**
 * The rows of a matrix in memory as a source of batches.
 *
 * @example
 * ```ts
 * import { Matrix } from "../numeric/matrix.ts";
 * import { matrixRows } from "./row_source.ts";
 * import assert from "node:assert/strict";
 *
 * const source = matrixRows(Matrix.fromRows([[1, 2], [3, 4], [5, 6]]));
 * assert.deepEqual(source.batch(Int32Array.of(2, 0)), Float32Array.of(5, 6, 1, 2));
 * ```
 */
export function matrixRows(x: Matrix): RowSource {
  return { rows: x.rows, batch: (indices) => x.selectRows(indices).data };
}
