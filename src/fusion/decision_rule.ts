import { Matrix } from "../numeric/matrix.ts";

/**
 * Decision-level fusion: one matrix of class probabilities a modality, each [n, classes], becomes
 * one [n, classes]. A rule that learns does so from probabilities of samples that the unimodal
 * models did not see (out-of-fold), never from those of the test samples.
 */
export interface DecisionRule {
  /** The rule's name in tables and files, by which the registry knows it. */
  readonly name: string;
  /** Whether `fit` must be called before `combine`. */
  readonly learns: boolean;
  /** Learns from out-of-fold probabilities and the true class indices [n]. */
  fit(probabilities: readonly Matrix[], labels: Int32Array): void;
  /** The fused probabilities [n, classes]; each row sums to 1. */
  combine(probabilities: readonly Matrix[]): Matrix;
  /** What the rule has learned, JSON only; an empty object for a fixed rule. */
  settings(): Record<string, unknown>;
}

/**
 * Combines cell by cell and makes every row sum to 1. A row that comes out all zero, as a product
 * of certainties that contradict each other does, becomes uniform: the rule cannot tell.
 *
 * @throws {RangeError} If there is no matrix or the matrices differ in size.
 *
 * @example
 * ```ts
 * import { combineCells } from "./decision_rule.ts";
 * import { Matrix } from "../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const a = Matrix.fromRows([[0.5, 0.5]]), b = Matrix.fromRows([[0.25, 0.75]]);
 * const fused = combineCells([a, b], (values) => values[0] * values[1]);
 * assert.deepEqual(Array.from(fused.data), [0.25, 0.75]);
 * ```
 */
export function combineCells(
  probabilities: readonly Matrix[],
  combine: (values: Float64Array) => number,
): Matrix {
  const { rows, cols } = sameSize(probabilities);
  const out = new Matrix(rows, cols);
  const values = new Float64Array(probabilities.length);
  const row = new Float64Array(cols);
  for (let r = 0; r < rows; r++) {
    let total = 0;
    for (let c = 0; c < cols; c++) {
      for (let m = 0; m < values.length; m++) values[m] = probabilities[m].data[r * cols + c];
      row[c] = combine(values);
      total += row[c];
    }
    for (let c = 0; c < cols; c++) {
      out.data[r * cols + c] = total > 0 ? row[c] / total : 1 / cols;
    }
  }
  return out;
}

/**
 * The size that all `matrices` share.
 *
 * @throws {RangeError} If there is no matrix or the matrices differ in size.
 */
export function sameSize(matrices: readonly Matrix[]): { rows: number; cols: number } {
  if (matrices.length === 0) throw new RangeError("fusion needs at least one modality");
  const { rows, cols } = matrices[0];
  for (const matrix of matrices) {
    if (matrix.rows !== rows || matrix.cols !== cols) {
      throw new RangeError(
        `cannot fuse ${matrix.rows} x ${matrix.cols} values with ${rows} x ${cols}`,
      );
    }
  }
  return { rows, cols };
}
