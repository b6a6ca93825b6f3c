/**
 * The share of predictions that are right.
 *
 * @param truth True class indices [n].
 * @param predicted Predicted class indices [n].
 *
 * @throws {RangeError} If the lengths differ or there are no samples.
 *
 * @example
 * ```ts
 * import { accuracy } from "./accuracy.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(accuracy(Int32Array.of(0, 1, 1, 2), Int32Array.of(0, 1, 2, 2)), 0.75);
 * ```
 */
export function accuracy(truth: Int32Array, predicted: Int32Array): number {
  if (truth.length !== predicted.length) {
    throw new RangeError(`${predicted.length} predictions for ${truth.length} samples`);
  }
  if (truth.length === 0) throw new RangeError("there is no accuracy of no samples");
  let right = 0;
  for (let k = 0; k < truth.length; k++) if (truth[k] === predicted[k]) right++;
  return right / truth.length;
}
