import { Matrix } from "../numeric/matrix.ts";

/** Probabilities below this count as this, as in scikit-learn's log loss for float32: none is a veto. */
const FLOOR = 1.1920929e-7;

/**
 * The logarithmic opinion pool with equal weights: the geometric mean of several opinions on each class,
 * normalised (C. Genest and J. V. Zidek, "Combining probability distributions: a critique and an
 * annotated bibliography", Statistical Science 1(1), 1986). A class that no opinion allows keeps 0.
 *
 * @param opinions Class probabilities [n, classes], one matrix an opinion, all of one size.
 * @returns Class probabilities [n, classes].
 *
 * @example
 * ```ts
 * import { logPool } from "./log_pool.ts";
 * import { Matrix } from "../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const pooled = logPool([Matrix.fromRows([[0.5, 0.5]]), Matrix.fromRows([[0.9, 0.1]])]);
 * assert(Math.abs(pooled.row(0)[0] - 0.75) < 1e-6); // odds of 3, the root of 1 x 9
 * ```
 */
export function logPool(opinions: readonly Matrix[]): Matrix {
  const { rows, cols } = opinions[0];
  const out = new Matrix(rows, cols);
  const logs = new Float64Array(cols);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++) {
      const values = opinions.map(({ data }) => data[r * cols + c]);
      const sum = values.reduce((sum, p) => sum + Math.log(Math.max(p, FLOOR)), 0);
      logs[c] = values.every((p) => p === 0) ? -Infinity : sum / opinions.length;
    }
    const largest = logs.reduce((a, b) => Math.max(a, b));
    const total = logs.reduce((sum, log) => sum + Math.exp(log - largest), 0);
    logs.forEach((log, c) => out.data[r * cols + c] = Math.exp(log - largest) / total);
  }
  return out;
}
