/** A two-class problem: some samples of a shared kernel matrix, with a sign each. */
export interface SmoProblem {
  /** Row-major kernel matrix [stride, stride] of all training samples. */
  readonly kernel: Float64Array;
  /** Number of samples that `kernel` covers. */
  readonly stride: number;
  /** The samples of this problem, as row numbers of `kernel` [n]. */
  readonly samples: Int32Array;
  /** +1 or -1 for each of them [n]. */
  readonly signs: Int8Array;
  /** Upper bound of every multiplier: the penalty of a margin violation. */
  readonly c: number;
  /** Largest violation of the optimality conditions that is accepted. */
  readonly tolerance: number;
}

/** The solution: f(x) is the sum of `coef[i] * kernel(samples[i], x)`, less `rho`. */
export interface SmoSolution {
  /** Multiplier times sign of each sample [n]; zero for all but the support vectors. */
  readonly coef: Float64Array;
  /** The threshold. */
  readonly rho: number;
  /** Number of pairs of multipliers that were optimised. */
  readonly iterations: number;
  /** Whether the tolerance was met within libsvm's limit of iterations. */
  readonly converged: boolean;
}

/** libsvm's stand-in for a curvature that is not positive. */
const TAU = 1e-12;

/**
 * Solves the dual of the C-support-vector machine as libsvm does: sequential minimal optimisation with
 * second-order selection of the working pair (R.-E. Fan, P.-H. Chen, C.-J. Lin, "Working set selection
 * using second order information for training SVM", JMLR 6, 2005). With the kernel matrix of a pair at hand
 * libsvm's shrinking and caching have no use.
 *
 * At libsvm's limit of iterations it stops and gives what it has, as libsvm does.
 *
 * @example
 * ```ts
 * import { solveSmo } from "./smo.ts";
 * import assert from "node:assert/strict";
 *
 * // Two points at -1 and 1 on a line: f(x) = x.
 * const { coef, rho } = solveSmo({
 *   kernel: Float64Array.of(1, -1, -1, 1),
 *   stride: 2,
 *   samples: Int32Array.of(0, 1),
 *   signs: Int8Array.of(-1, 1),
 *   c: 1,
 *   tolerance: 1e-3,
 * });
 * assert.deepEqual(coef, Float64Array.of(-0.5, 0.5));
 * assert.equal(rho, 0);
 * ```
 */
export function solveSmo(problem: SmoProblem): SmoSolution {
  const { kernel, stride, samples, signs, c, tolerance } = problem;
  const n = samples.length;
  const alpha = new Float64Array(n);
  // -sign times the gradient of (1/2) a' Q a - sum(a) with Q[i][j] = sign_i sign_j kernel(i, j), at a = 0: how steeply
  // the objective falls when sign * a rises.
  const slope = Float64Array.from(signs);
  const diagonal = Float64Array.from(samples, (sample) => kernel[sample * stride + sample]);
  // Which multipliers may still move so that sign * a rises, or falls.
  const canRise = new Uint8Array(n);
  const canFall = new Uint8Array(n);
  const bound = (t: number) => {
    const [isBelow, isAbove] = [alpha[t] < c, alpha[t] > 0];
    canRise[t] = Number(signs[t] > 0 ? isBelow : isAbove);
    canFall[t] = Number(signs[t] > 0 ? isAbove : isBelow);
  };
  for (let t = 0; t < n; t++) bound(t);
  const limit = Math.max(10_000_000, 100 * n);

  let iterations = 0;
  let converged = true;
  // i: the steepest ascent among the multipliers that may still rise. Ties go to the last sample, here and below, as
  // in libsvm.
  let i = -1, steepest = -Infinity;
  for (let t = 0; t < n; t++) {
    if (canRise[t] && slope[t] >= steepest) {
      steepest = slope[t];
      i = t;
    }
  }
  for (; i !== -1; iterations++) {
    const rowI = samples[i] * stride;
    // j: the partner that gives the largest decrease of the objective, to second order.
    let j = -1, shallowest = -Infinity, best = Infinity;
    const diagonalI = diagonal[i];
    for (let t = 0; t < n; t++) {
      if (!canFall[t]) continue;
      const fall = -slope[t];
      if (fall >= shallowest) shallowest = fall;
      const difference = steepest + fall;
      if (difference <= 0) continue;
      const curvature = diagonalI + diagonal[t] - 2 * kernel[rowI + samples[t]];
      const change = -(difference * difference) / (curvature > 0 ? curvature : TAU);
      if (change <= best) {
        best = change;
        j = t;
      }
    }
    if (j === -1 || steepest + shallowest < tolerance) break;
    if (iterations === limit) {
      converged = false;
      break;
    }

    // The exact optimum of the two, then back into the square [0, c] x [0, c] along the constraint.
    const rowJ = samples[j] * stride;
    const oldI = alpha[i], oldJ = alpha[j];
    const curvature = diagonalI + diagonal[j] - 2 * kernel[rowI + samples[j]];
    const divisor = curvature > 0 ? curvature : TAU;
    const gradientI = -signs[i] * slope[i], gradientJ = -signs[j] * slope[j];
    if (signs[i] !== signs[j]) {
      const step = (-gradientI - gradientJ) / divisor;
      const difference = oldI - oldJ;
      alpha[i] += step;
      alpha[j] += step;
      if (difference > 0) {
        if (alpha[j] < 0) alpha[j] = 0, alpha[i] = difference;
        if (alpha[i] > c) alpha[i] = c, alpha[j] = c - difference;
      } else {
        if (alpha[i] < 0) alpha[i] = 0, alpha[j] = -difference;
        if (alpha[j] > c) alpha[j] = c, alpha[i] = c + difference;
      }
    } else {
      const step = (gradientI - gradientJ) / divisor;
      const sum = oldI + oldJ;
      alpha[i] -= step;
      alpha[j] += step;
      if (sum > c) {
        if (alpha[i] > c) alpha[i] = c, alpha[j] = sum - c;
        if (alpha[j] > c) alpha[j] = c, alpha[i] = sum - c;
      } else {
        if (alpha[j] < 0) alpha[j] = 0, alpha[i] = sum;
        if (alpha[i] < 0) alpha[i] = 0, alpha[j] = sum;
      }
    }
    bound(i);
    bound(j);
    const changeI = signs[i] * (alpha[i] - oldI);
    const changeJ = signs[j] * (alpha[j] - oldJ);
    // The next i is found on the way.
    i = -1, steepest = -Infinity;
    for (let t = 0; t < n; t++) {
      const at = samples[t];
      const now = slope[t] - (kernel[rowI + at] * changeI + kernel[rowJ + at] * changeJ);
      slope[t] = now;
      if (canRise[t] && now >= steepest) {
        steepest = now;
        i = t;
      }
    }
  }
  return {
    coef: alpha.map((value, t) => signs[t] * value),
    rho: threshold(alpha, slope, signs, c),
    iterations,
    converged,
  };
}

/** The mean of sign * gradient over free support vectors, or the middle of what the others allow. */
function threshold(
  alpha: Float64Array,
  slope: Float64Array,
  signs: Int8Array,
  c: number,
): number {
  let free = 0, sum = 0, upper = Infinity, lower = -Infinity;
  for (let t = 0; t < alpha.length; t++) {
    const fall = -slope[t];
    if (alpha[t] > 0 && alpha[t] < c) {
      free++;
      sum += fall;
    } else if ((alpha[t] >= c) === (signs[t] < 0)) {
      upper = Math.min(upper, fall);
    } else {
      lower = Math.max(lower, fall);
    }
  }
  return free > 0 ? sum / free : (upper + lower) / 2;
}
