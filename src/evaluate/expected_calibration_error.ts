import { checkProbabilities } from "./check_probabilities.ts";

/** Options of {@linkcode expectedCalibrationError}. */
export interface CalibrationOptions {
  /**
   * Number of bins of equal width.
   *
   * @default {15}
   */
  bins?: number;
}

/**
 * Expected calibration error of the top label (Naeini et al., AAAI 2015; Guo et al., ICML 2017): samples
 * are put into bins by their highest probability, and the distances between a bin's mean probability and
 * its share of right answers are averaged, weighted by the bin's samples. 0.1 means that a model that
 * says "80 %" is right, on average, ten points more or less often than that.
 *
 * The answer is the class of the highest probability, the first of equals, even where a classifier (such
 * as scikit-learn's SVC) predicts another one: calibration is a matter of the probabilities. Bin m of M
 * is ((m - 1) / M, m / M]. With few samples the error is biased upwards: seven of them can't fill 15 bins.
 *
 * @param truth True class indices [n].
 * @param probabilities Class probabilities [n, nClasses], row by row.
 * @param nClasses Number of classes.
 *
 * @throws {RangeError} If lengths or class indices do not fit, there are no samples, a row is not a
 * distribution, or the number of bins is not a positive integer.
 *
 * @example
 * ```ts
 * import { expectedCalibrationError } from "./expected_calibration_error.ts";
 * import assert from "node:assert/strict";
 *
 * // Two answers given with 75 %, one of them right.
 * const error = expectedCalibrationError(
 *   Int32Array.of(0, 0),
 *   Float32Array.of(0.75, 0.25, 0.25, 0.75),
 *   2,
 * );
 * assert.equal(error, 0.25);
 * ```
 */
export function expectedCalibrationError(
  truth: Int32Array,
  probabilities: Float32Array | Float64Array,
  nClasses: number,
  options: CalibrationOptions = {},
): number {
  checkProbabilities(truth, probabilities, nClasses);
  const { bins = 15 } = options;
  if (!Number.isInteger(bins) || bins < 1) {
    throw new RangeError(`${bins} bins are not possible: give a positive integer`);
  }
  // Of each bin, its right answers less its probabilities.
  const excess = new Float64Array(bins);
  for (let k = 0; k < truth.length; k++) {
    let top = 0;
    for (let c = 1; c < nClasses; c++) {
      if (probabilities[k * nClasses + c] > probabilities[k * nClasses + top]) top = c;
    }
    const confidence = probabilities[k * nClasses + top];
    excess[binOf(confidence, bins)] += Number(truth[k] === top) - confidence;
  }
  return excess.reduce((sum, value) => sum + Math.abs(value), 0) / truth.length;
}

/** The bin m, from 0, with m / bins < value <= (m + 1) / bins; the product alone could round past an edge. */
function binOf(value: number, bins: number): number {
  let bin = Math.min(Math.max(Math.ceil(value * bins) - 1, 0), bins - 1);
  while (bin > 0 && value <= bin / bins) bin--;
  while (bin < bins - 1 && value > (bin + 1) / bins) bin++;
  return bin;
}
