import { checkProbabilities } from "../check_probabilities.ts";

/** Temperatures that are fitted. */
const RANGE = [0.05, 20] as const;

/** Logarithm of what single precision can tell from 0. */
const LEAST_LOG = Math.log(2 ** -126);

/** The exponent is found to this, in logarithms. */
const TOLERANCE = 1e-9;

/**
 * The temperature at which probabilities cost least: the minimum of the mean negative log likelihood of the true
 * classes, which is convex in 1 / T (Guo et al., ICML 2017). So that a few samples which were all right do not
 * make a model that is certain, the truth counts for a little less than 1, as in Platt's targets (Platt 1999):
 * (n + 1) / (n + 2), the rest for the other classes alike.
 *
 * Give it predictions of samples that the model did not learn from: on others every model is sure.
 *
 * @param truth True class indices [n].
 * @param probabilities Class probabilities [n, nClasses], row by row.
 * @param nClasses Number of classes.
 * @returns The temperature, from 0.05 to 20.
 *
 * @throws {RangeError} If lengths or class indices do not fit, there are no samples, or a row is not a
 * distribution.
 *
 * @example
 * ```ts
 * import { fitTemperature } from "./fit_temperature.ts";
 * import assert from "node:assert/strict";
 *
 * // Always 90 %, and right three times of four: 75 % would be honest, and 0.9^(1/2) : 0.1^(1/2) = 3 : 1.
 * const truth = Int32Array.from({ length: 400 }, (_, i) => Number(i % 4 === 0));
 * const sure = Float32Array.from({ length: 800 }, (_, i) => i % 2 === 0 ? 0.9 : 0.1);
 * assert.ok(Math.abs(fitTemperature(truth, sure, 2) - 2) < 0.03);
 * ```
 */
export function fitTemperature(
  truth: Int32Array,
  probabilities: Float32Array,
  nClasses: number,
): number {
  checkProbabilities(truth, probabilities, nClasses);
  const n = truth.length;
  const logs = Float64Array.from(probabilities, (p) => Math.max(Math.log(p), LEAST_LOG));
  const others = 1 / (n + 2) / Math.max(1, nClasses - 1);
  const share = (k: number, c: number) => c === truth[k] ? (n + 1) / (n + 2) : others;
  /** Derivative of the cost by the exponent 1 / T: what is expected of the logarithms, less what is there. */
  const slope = (exponent: number) => {
    let sum = 0;
    for (let k = 0; k < n; k++) {
      const row = logs.subarray(k * nClasses, (k + 1) * nClasses);
      const top = Math.max(...row);
      let weights = 0, expected = 0, found = 0;
      row.forEach((log, c) => {
        const weight = Math.exp(exponent * (log - top));
        weights += weight;
        expected += weight * log;
        found += share(k, c) * log;
      });
      sum += expected / weights - found;
    }
    return sum;
  };
  let [low, high] = [-Math.log(RANGE[1]), -Math.log(RANGE[0])];
  if (slope(Math.exp(low)) >= 0) return RANGE[1];
  if (slope(Math.exp(high)) <= 0) return RANGE[0];
  while (high - low > TOLERANCE) {
    const middle = (low + high) / 2;
    if (slope(Math.exp(middle)) < 0) low = middle;
    else high = middle;
  }
  return Math.exp(-(low + high) / 2);
}
