/** How far the sum of a sample's probabilities may be from 1: far above what rounding can do. */
const TOLERANCE = 1e-3;

/**
 * Checks that true classes and class probabilities belong together: `n` classes in range, and `n` rows of
 * `nClasses` shares from 0 to 1 that add up to 1.
 *
 * @param truth True class indices [n].
 * @param probabilities Class probabilities [n, nClasses], row by row.
 * @param nClasses Number of classes.
 *
 * @throws {RangeError} If they do not, or there are no samples; the message names the sample.
 *
 * @example
 * ```ts
 * import { checkProbabilities } from "./check_probabilities.ts";
 * import assert from "node:assert/strict";
 *
 * checkProbabilities(Int32Array.of(1), Float32Array.of(0.25, 0.75), 2);
 * assert.throws(() => checkProbabilities(Int32Array.of(1), Float32Array.of(0.5, 0.75), 2), /1.25/);
 * ```
 */
export function checkProbabilities(
  truth: Int32Array,
  probabilities: Float32Array | Float64Array,
  nClasses: number,
): void {
  const n = truth.length;
  if (n === 0) throw new RangeError("there are no samples to score");
  if (probabilities.length !== n * nClasses) {
    throw new RangeError(
      `${n} samples of ${nClasses} classes need ${n * nClasses} probabilities, ` +
        `got ${probabilities.length}`,
    );
  }
  for (let k = 0; k < n; k++) {
    if (!(truth[k] >= 0 && truth[k] < nClasses)) {
      throw new RangeError(`sample ${k}: class ${truth[k]}, but there are ${nClasses}`);
    }
    let sum = 0;
    for (let c = 0; c < nClasses; c++) {
      const p = probabilities[k * nClasses + c];
      if (!(p >= 0 && p <= 1)) {
        throw new RangeError(`sample ${k}: ${p} is not a probability (class ${c})`);
      }
      sum += p;
    }
    if (Math.abs(sum - 1) > TOLERANCE) {
      throw new RangeError(`sample ${k}: the probabilities add up to ${sum} instead of 1`);
    }
  }
}
