/**
 * Solves A x = b for each row b of `vectors` by the Cholesky decomposition A = L L', in double precision (G. H.
 * Golub and C. F. Van Loan, "Matrix Computations", 4th edition, section 4.2).
 *
 * @param matrix Row-major A [n, n], symmetric and positive definite; only the lower triangle is read. L takes its place:
 * beside a large matrix there is no room for another one.
 * @param n Number of rows and columns of A.
 * @param vectors Row-major right-hand sides [k, n].
 * @returns Row-major solutions [k, n].
 *
 * @throws {RangeError} If the sizes disagree or A is not positive definite.
 *
 * @example
 * ```ts
 * import { choleskySolve } from "./cholesky_solve.ts";
 * import assert from "node:assert/strict";
 *
 * const x = choleskySolve(Float64Array.of(4, 2, 2, 5), 2, Float64Array.of(8, 12));
 * assert(Math.abs(x[0] - 1) < 1e-12 && Math.abs(x[1] - 2) < 1e-12);
 * ```
 */
export function choleskySolve(
  matrix: Float64Array,
  n: number,
  vectors: Float64Array,
): Float64Array {
  if (matrix.length !== n * n || vectors.length % n !== 0) {
    throw new RangeError(
      `a matrix of ${n} x ${n} and rows of ${n} values were announced, ` +
        `got ${matrix.length} and ${vectors.length} values`,
    );
  }
  decompose(matrix, n);
  const out = vectors.slice();
  for (let at = 0; at < out.length; at += n) {
    for (let i = 0; i < n; i++) {
      const row = i * n;
      let sum = out[at + i];
      for (let j = 0; j < i; j++) sum -= matrix[row + j] * out[at + j];
      out[at + i] = sum / matrix[row + i];
    }
    // By columns of L': its rows would be columns of L, far apart in memory.
    for (let i = n - 1; i >= 0; i--) {
      const row = i * n;
      const value = out[at + i] /= matrix[row + i];
      for (let j = 0; j < i; j++) out[at + j] -= matrix[row + j] * value;
    }
  }
  return out;
}

/** Puts L of A = L L' in the place of A's lower triangle, row by row; four rows at once, which share what they load. */
function decompose(l: Float64Array, n: number): void {
  for (let i = 0; i < n; i += 4) {
    const rows = Math.min(4, n - i);
    const r0 = i * n, r1 = r0 + n, r2 = r1 + n, r3 = r2 + n;
    if (rows === 4) {
      for (let j = 0; j < i; j++) {
        const row = j * n;
        let s0 = l[r0 + j], s1 = l[r1 + j], s2 = l[r2 + j], s3 = l[r3 + j];
        for (let k = 0; k < j; k++) {
          const value = l[row + k];
          s0 -= l[r0 + k] * value;
          s1 -= l[r1 + k] * value;
          s2 -= l[r2 + k] * value;
          s3 -= l[r3 + k] * value;
        }
        const pivot = l[row + j];
        l[r0 + j] = s0 / pivot;
        l[r1 + j] = s1 / pivot;
        l[r2 + j] = s2 / pivot;
        l[r3 + j] = s3 / pivot;
      }
    }
    // What is left of the tile, up to the diagonal; all of it where fewer than four rows are left.
    for (let r = i; r < i + rows; r++) {
      for (let j = rows === 4 ? i : 0; j <= r; j++) {
        let sum = l[r * n + j];
        for (let k = 0; k < j; k++) sum -= l[r * n + k] * l[j * n + k];
        if (j < r) l[r * n + j] = sum / l[j * n + j];
        else if (sum > 0) l[r * n + r] = Math.sqrt(sum);
        else throw new RangeError(`the matrix is not positive definite: pivot ${r} is ${sum}`);
      }
    }
  }
}
