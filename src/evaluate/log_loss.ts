import { checkProbabilities } from "./check_probabilities.ts";

/** Distance from 1 to the next number of single precision. */
const SINGLE_EPSILON = 2 ** -23;

/**
 * Log loss: the mean of -ln(probability of the true class). Guessing 1 / C for each of C classes costs
 * ln C. As in scikit-learn's `log_loss` a probability is first clipped to [e, 1 - e], where e is the
 * rounding unit of the array's type (1.2e-7 for single, 2.2e-16 for double precision), so that one
 * confident mistake costs 16 or 36 and not infinity. The sum is in double precision.
 *
 * @param truth True class indices [n].
 * @param probabilities Class probabilities [n, nClasses], row by row.
 * @param nClasses Number of classes.
 *
 * @throws {RangeError} If lengths or class indices do not fit, there are no samples, or a row is not a
 * distribution.
 *
 * @example
 * ```ts
 * import { logLoss } from "./log_loss.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(logLoss(Int32Array.of(0, 1), Float64Array.of(0.5, 0.5, 0.5, 0.5), 2), Math.log(2));
 * ```
 */
export function logLoss(
  truth: Int32Array,
  probabilities: Float32Array | Float64Array,
  nClasses: number,
): number {
  checkProbabilities(truth, probabilities, nClasses);
  const epsilon = probabilities instanceof Float32Array ? SINGLE_EPSILON : Number.EPSILON;
  let sum = 0;
  for (let k = 0; k < truth.length; k++) {
    const p = probabilities[k * nClasses + truth[k]];
    sum -= Math.log(Math.min(Math.max(p, epsilon), 1 - epsilon));
  }
  return sum / truth.length;
}
