/**
 * Columns shorter than this, beside a largest entry of 1, are nothing: far below rounding, and their squares
 * would leave the range of doubles.
 */
const NOTHING = 1e-60;

/** QL steps allowed for one eigenvalue; two are usual. */
const MAX_STEPS = 60;

/**
 * A function of a symmetric matrix applied to vectors, in double precision: with A = Q diag(values) Q' each
 * row b becomes b Q diag(transform(values)) Q'. Householder reduction to tridiagonal form, then QL with
 * implicit shifts (Bowdler, Martin, Reinsch and Wilkinson, "The QR and QL algorithms for symmetric matrices",
 * Numerische Mathematik 11, 1968). The eigenvectors are never formed: every reflection and rotation goes
 * straight to the few vectors, and back again, which saves five sixths of the work.
 *
 * @param matrix Row-major A [n, n]; only the lower triangle is read, and nothing is changed.
 * @param n Number of rows and columns of A.
 * @param vectors Row-major vectors [k, n].
 * @param transform Gets the eigenvalues [n], in no order, with errors near 1e-15 of the largest; gives what
 * takes their places [n].
 * @returns Row-major vectors [k, n].
 *
 * @throws {RangeError} If the sizes disagree or a value of the matrix is not finite.
 *
 * @example
 * ```ts
 * import { symmetricFunction } from "./symmetric_function.ts";
 * import assert from "node:assert/strict";
 *
 * // Solves [[2, 1], [1, 2]] x = [3, 3].
 * const inverse = (values: Float64Array) => values.map((value) => 1 / value);
 * const x = symmetricFunction(Float64Array.of(2, 1, 1, 2), 2, Float64Array.of(3, 3), inverse);
 * assert(Math.abs(x[0] - 1) < 1e-12 && Math.abs(x[1] - 1) < 1e-12);
 * ```
 */
export function symmetricFunction(
  matrix: Float64Array,
  n: number,
  vectors: Float64Array,
  transform: (values: Float64Array) => Float64Array,
): Float64Array {
  if (matrix.length !== n * n || vectors.length % n !== 0) {
    throw new RangeError(
      `a matrix of ${n} x ${n} and rows of ${n} values were announced, ` +
        `got ${matrix.length} and ${vectors.length} values`,
    );
  }
  // With a largest entry of 1 no square in here can overflow.
  let scale = 0;
  for (const value of matrix) {
    if (!Number.isFinite(value)) throw new RangeError(`the matrix holds ${value}`);
    scale = Math.max(scale, Math.abs(value));
  }
  const work = scale > 0 ? matrix.map((value) => value / scale) : matrix.slice();
  const { diagonal, offDiagonal, factors } = tridiagonalise(work, n);

  const k = vectors.length / n;
  const rows = vectors.slice();
  for (let r = 0; r < k; r++) {
    for (let c = 0; c < n - 2; c++) reflect(rows, r * n, work, c * n, c + 1, n, factors[c]);
  }
  // A rotation mixes two components of every vector: those lie together in the transpose.
  const columns = transpose(rows, k, n);
  const rotations = diagonalise(diagonal, offDiagonal, n);
  for (let t = 0; t < rotations.length; t += 3) {
    rotate(columns, rotations[t] * k, k, rotations[t + 1], rotations[t + 2]);
  }
  const replaced = transform(diagonal.map((value) => value * scale));
  for (let i = 0; i < n; i++) {
    for (let r = 0; r < k; r++) columns[i * k + r] *= replaced[i];
  }
  for (let t = rotations.length - 3; t >= 0; t -= 3) {
    rotate(columns, rotations[t] * k, k, rotations[t + 1], -rotations[t + 2]);
  }
  const out = transpose(columns, n, k);
  for (let r = 0; r < k; r++) {
    for (let c = n - 3; c >= 0; c--) reflect(out, r * n, work, c * n, c + 1, n, factors[c]);
  }
  return out;
}

/**
 * Reduces the lower triangle of `a` to tridiagonal form. The reflection that clears column `c` is
 * I - factor v v'; v is left in row `c` of `a`, right of the diagonal, where no input is needed.
 */
function tridiagonalise(
  a: Float64Array,
  n: number,
): { diagonal: Float64Array; offDiagonal: Float64Array; factors: Float64Array } {
  const offDiagonal = new Float64Array(n);
  const factors = new Float64Array(n);
  const v = new Float64Array(n);
  const w = new Float64Array(n);
  for (let c = 0; c < n - 2; c++) {
    let norm = 0;
    for (let i = c + 1; i < n; i++) {
      v[i] = a[i * n + c];
      norm += v[i] * v[i];
    }
    norm = Math.sqrt(norm);
    if (norm < NOTHING) continue;
    // The sign that adds rather than cancels.
    const target = v[c + 1] > 0 ? -norm : norm;
    offDiagonal[c] = target;
    const factor = 1 / (norm * (norm + Math.abs(v[c + 1])));
    factors[c] = factor;
    v[c + 1] -= target;
    a.set(v.subarray(c + 1), c * n + c + 1);

    // A := H A H = A - v w' - w v', with w = factor (A v) - (factor / 2) (v' w) v.
    w.fill(0, c + 1);
    for (let i = c + 1; i < n; i++) {
      const row = i * n, vi = v[i];
      let sum = 0;
      for (let j = c + 1; j < i; j++) {
        const value = a[row + j];
        sum += value * v[j];
        w[j] += value * vi;
      }
      w[i] += sum + a[row + i] * vi;
    }
    let dot = 0;
    for (let i = c + 1; i < n; i++) {
      w[i] *= factor;
      dot += w[i] * v[i];
    }
    const half = 0.5 * factor * dot;
    for (let i = c + 1; i < n; i++) w[i] -= half * v[i];
    for (let i = c + 1; i < n; i++) {
      const row = i * n, vi = v[i], wi = w[i];
      for (let j = c + 1; j <= i; j++) a[row + j] -= vi * w[j] + wi * v[j];
    }
  }
  if (n >= 2) offDiagonal[n - 2] = a[(n - 1) * n + n - 2];
  const diagonal = Float64Array.from({ length: n }, (_, k) => a[k * n + k]);
  return { diagonal, offDiagonal, factors };
}

/** Applies I - factor v v' to the `n` values of `x` at `xAt`; v lies in `v` at `vAt`, from `from` on. */
function reflect(
  x: Float64Array,
  xAt: number,
  v: Float64Array,
  vAt: number,
  from: number,
  n: number,
  factor: number,
): void {
  let dot = 0;
  for (let i = from; i < n; i++) dot += v[vAt + i] * x[xAt + i];
  dot *= factor;
  for (let i = from; i < n; i++) x[xAt + i] -= dot * v[vAt + i];
}

/**
 * Implicit QL: turns the diagonal `d` into the eigenvalues. Returns the rotations in their order, three
 * numbers each: the upper of the two neighbouring components, the cosine and the sine.
 */
function diagonalise(d: Float64Array, e: Float64Array, n: number): number[] {
  const rotations: number[] = [];
  let norm = 0;
  for (let k = 0; k < n; k++) norm = Math.max(norm, Math.abs(d[k]) + Math.abs(e[k]));
  // Entries this small are below the rounding of the reduction: the matrix falls apart there.
  // A bound relative to the neighbours alone would never be met in a null space.
  const negligible = Number.EPSILON * norm;
  for (let low = 0; low < n; low++) {
    for (let step = 0;; step++) {
      let high = low;
      while (high < n - 1 && Math.abs(e[high]) > negligible) high++;
      if (high === low) break;
      if (step === MAX_STEPS) {
        throw new RangeError("the eigenvalues of the matrix cannot be found: QL does not converge");
      }
      const ratio = (d[low + 1] - d[low]) / (2 * e[low]);
      const root = Math.sqrt(ratio * ratio + 1);
      let g = d[high] - d[low] + e[low] / (ratio + (ratio < 0 ? -root : root));
      let sine = 1, cosine = 1, p = 0;
      let i = high - 1;
      for (; i >= low; i--) {
        const f = sine * e[i];
        const b = cosine * e[i];
        const r = Math.sqrt(f * f + g * g);
        e[i + 1] = r;
        if (r === 0) {
          d[i + 1] -= p;
          e[high] = 0;
          break;
        }
        sine = f / r;
        cosine = g / r;
        g = d[i + 1] - p;
        const t = (d[i] - g) * sine + 2 * cosine * b;
        p = sine * t;
        d[i + 1] = g + p;
        g = cosine * t - b;
        rotations.push(i, cosine, sine);
      }
      if (i >= low) continue;
      d[low] -= p;
      e[low] = g;
      e[high] = 0;
    }
  }
  return rotations;
}

/** Rotates the row of `n` values of `z` that starts at `at` against the row after it. */
function rotate(z: Float64Array, at: number, n: number, cosine: number, sine: number): void {
  for (let k = at; k < at + n; k++) {
    const upper = z[k], lower = z[k + n];
    z[k + n] = sine * upper + cosine * lower;
    z[k] = cosine * upper - sine * lower;
  }
}

function transpose(a: Float64Array, rows: number, cols: number): Float64Array {
  const out = new Float64Array(a.length);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++) out[c * rows + r] = a[r * cols + c];
  }
  return out;
}
