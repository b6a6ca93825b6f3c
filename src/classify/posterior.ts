import { Matrix } from "../numeric/matrix.ts";

/**
 * Class probabilities from scores that are log-probabilities up to a constant a row: the softmax over
 * the classes that had samples. Every other class gets probability 0.
 *
 * @param scores Row-major scores [n, classes.length].
 * @param classes The class index that each column of `scores` belongs to.
 * @param nClasses Number of columns of the result.
 * @returns Probabilities [n, nClasses]; each row sums to 1.
 *
 * @example
 * ```ts
 * import { posterior } from "./posterior.ts";
 * import assert from "node:assert/strict";
 *
 * const p = posterior(Float64Array.of(0, Math.log(3)), Int32Array.of(0, 2), 3);
 * assert.deepEqual(Array.from(p.data), [0.25, 0, 0.75]);
 * ```
 */
export function posterior(scores: Float64Array, classes: Int32Array, nClasses: number): Matrix {
  const width = classes.length;
  const out = new Matrix(scores.length / width, nClasses);
  const row = new Float64Array(width);
  for (let r = 0; r < out.rows; r++) {
    // The largest score is taken off first so that exp() cannot overflow.
    let largest = -Infinity;
    for (let k = 0; k < width; k++) largest = Math.max(largest, scores[r * width + k]);
    let sum = 0;
    for (let k = 0; k < width; k++) sum += row[k] = Math.exp(scores[r * width + k] - largest);
    for (let k = 0; k < width; k++) out.data[r * nClasses + classes[k]] = row[k] / sum;
  }
  return out;
}

/**
 * The class of the highest score of each row; among equals the first.
 *
 * @param scores Row-major scores [n, classes.length].
 * @param classes The class index that each column of `scores` belongs to.
 * @returns Class indices [n].
 */
export function highest(scores: Float64Array, classes: Int32Array): Int32Array {
  const width = classes.length;
  const out = new Int32Array(scores.length / width);
  for (let r = 0; r < out.length; r++) {
    let best = 0;
    for (let k = 1; k < width; k++) {
      if (scores[r * width + k] > scores[r * width + best]) best = k;
    }
    out[r] = classes[best];
  }
  return out;
}
