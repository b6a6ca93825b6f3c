import { InputError } from "../input_error.ts";

/** The label of what a recogniser is not sure enough of. */
export const UNCERTAIN = "uncertain";

/**
 * Checks a least confidence, and gives it; 0 where there is none.
 *
 * @param labels Those that the model gives.
 * @throws {InputError} If it is not a share, or `uncertain` would be a label of two meanings.
 */
export function checkMinConfidence(
  minConfidence: number = 0,
  labels: readonly string[],
): number {
  if (!(minConfidence >= 0 && minConfidence <= 1)) {
    throw new InputError(`minConfidence is ${minConfidence}; allowed: a number from 0 to 1`);
  }
  if (minConfidence > 0 && labels.includes(UNCERTAIN)) {
    throw new InputError(
      `minConfidence does not go with this model, which has a label "${UNCERTAIN}" of its own`,
    );
  }
  return minConfidence;
}

/** The label of the highest probability, and whether it is given. */
export interface GivenLabel {
  /** The likeliest label, or {@linkcode UNCERTAIN} where its probability is below the least confidence. */
  readonly label: string;
  /** The likeliest label. */
  readonly likeliest: string;
}

/**
 * The label of the highest probability, the first of equals, if it is at least `minConfidence`.
 *
 * @param labels The labels.
 * @param probabilities Of each, in the same order.
 *
 * @example
 * ```ts
 * import { giveLabel } from "./uncertain.ts";
 * import assert from "node:assert/strict";
 *
 * const given = giveLabel(["calm", "angry"], Float64Array.of(0.45, 0.55), 0.6);
 * assert.deepEqual(given, { label: "uncertain", likeliest: "angry" });
 * ```
 */
export function giveLabel(
  labels: readonly string[],
  probabilities: Float64Array,
  minConfidence: number,
): GivenLabel {
  const highest = Math.max(...probabilities);
  const likeliest = labels[probabilities.indexOf(highest)];
  return { label: highest < minConfidence ? UNCERTAIN : likeliest, likeliest };
}
