/**
 * Whether each sample was recognised. With repeated folds a sample is tested several times; it is still
 * one sample, and tests that take outcomes as independent must not count it more than once. It is then
 * a hit if more than half of its tests are.
 *
 * @param truth True class indices of the predictions [n].
 * @param predicted Predicted class indices [n].
 * @param samples Name of the sample that each prediction is about [n]; left out, each has its own.
 * @returns 1 for a hit, 0 for a miss, of every sample in the order of its first test.
 *
 * @throws {RangeError} If the lengths differ.
 *
 * @example
 * ```ts
 * import { sampleHits } from "./sample_hits.ts";
 * import assert from "node:assert/strict";
 *
 * const truth = Int32Array.of(0, 1, 0, 1), predicted = Int32Array.of(0, 1, 1, 1);
 * assert.deepEqual(sampleHits(truth, predicted), Uint8Array.of(1, 1, 0, 1));
 * assert.deepEqual(sampleHits(truth, predicted, ["a", "b", "a", "b"]), Uint8Array.of(0, 1));
 * ```
 */
export function sampleHits(
  truth: Int32Array,
  predicted: Int32Array,
  samples?: readonly string[],
): Uint8Array {
  if (predicted.length !== truth.length || (samples ?? truth).length !== truth.length) {
    throw new RangeError(
      `${predicted.length} predictions of ${(samples ?? truth).length} named samples ` +
        `for ${truth.length} true classes`,
    );
  }
  if (samples === undefined) return Uint8Array.from(truth, (t, k) => Number(t === predicted[k]));
  const lead = new Map<string, number>();
  samples.forEach((name, k) =>
    lead.set(name, (lead.get(name) ?? 0) + (truth[k] === predicted[k] ? 1 : -1))
  );
  return Uint8Array.from(lead.values(), (hits) => Number(hits > 0));
}
