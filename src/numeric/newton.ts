import { ConvergenceError } from "./convergence_error.ts";

/** A smooth convex function of `size` parameters. */
export interface SmoothObjective {
  /** Number of parameters. */
  readonly size: number;
  /** What the entries of the gradient are measured against. */
  readonly scale: number;
  /** The value at `w`, where `gradient` and `hessianTimes` are then asked. */
  value(w: Float64Array): number;
  /** The gradient at `w`, the point of the last `value` call. */
  gradient(w: Float64Array): Float64Array;
  /** The Hessian at the point of the last `value` call, times `v`. */
  hessianTimes(v: Float64Array): Float64Array;
}

const MAX_NEWTON_STEPS = 200;

/**
 * Minimises a convex function from the origin by Newton's method: every step is found by conjugate
 * gradients and shortened until it descends (J. Nocedal, S. J. Wright, "Numerical Optimization",
 * 2nd edition, algorithm 7.1).
 *
 * @param tolerance Largest entry of the gradient, over the objective's scale, that is accepted.
 *
 * @throws {ConvergenceError} If the tolerance is not reached.
 *
 * @example
 * ```ts
 * import { minimise } from "./newton.ts";
 * import assert from "node:assert/strict";
 *
 * // (w - 3)^2
 * const [w] = minimise({
 *   size: 1,
 *   scale: 1,
 *   value: ([w]) => (w - 3) ** 2,
 *   gradient: ([w]) => Float64Array.of(2 * (w - 3)),
 *   hessianTimes: ([v]) => Float64Array.of(2 * v),
 * }, 1e-9);
 * assert(Math.abs(w - 3) < 1e-9);
 * ```
 */
export function minimise(objective: SmoothObjective, tolerance: number): Float64Array {
  let w: Float64Array = new Float64Array(objective.size);
  let value = objective.value(w);
  for (let step = 0; step < MAX_NEWTON_STEPS; step++) {
    const gradient = objective.gradient(w);
    const largest = gradient.reduce((max, g) => Math.max(max, Math.abs(g)), 0) / objective.scale;
    if (largest <= tolerance) return w;
    const direction = newtonDirection(objective, gradient);
    const slope = dot(gradient, direction);
    let size = 1, next = w, nextValue = Infinity;
    for (; size > 1e-12; size /= 2) {
      next = w.map((at, k) => at + size * direction[k]);
      nextValue = objective.value(next);
      // Near the optimum the decrease drowns in the rounding of the value: allow for that much.
      if (nextValue <= value + 1e-4 * size * slope + 1e-14 * Math.abs(value)) break;
    }
    if (size <= 1e-12) break;
    w = next;
    value = nextValue;
  }
  throw new ConvergenceError(
    "Newton's method has not converged: bring the features to a similar scale",
  );
}

/** Solves H d = -gradient to a precision that grows as the gradient shrinks. */
function newtonDirection(objective: SmoothObjective, gradient: Float64Array): Float64Array {
  const d = new Float64Array(gradient.length);
  const residual = gradient.map((g) => -g);
  let p = residual.slice();
  let square = dot(residual, residual);
  const norm = Math.sqrt(square);
  const enough = norm * Math.min(0.1, Math.sqrt(norm / objective.scale));
  for (let k = 0; k < 10 * gradient.length && Math.sqrt(square) > enough; k++) {
    const hp = objective.hessianTimes(p);
    const curvature = dot(p, hp);
    // A shift of all intercepts changes nothing; rounding may lead the search into that direction.
    if (curvature <= 1e-14 * dot(p, p)) break;
    const length = square / curvature;
    for (let i = 0; i < d.length; i++) {
      d[i] += length * p[i];
      residual[i] -= length * hp[i];
    }
    const nextSquare = dot(residual, residual);
    const keep = nextSquare / square;
    p = residual.map((r, i) => r + keep * p[i]);
    square = nextSquare;
  }
  return d;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
