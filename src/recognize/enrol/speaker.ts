import type { UsedModality } from "../prediction.ts";
import type { EnrolledModality } from "./enrolment.ts";

/** Where the normalised features of a person lie, as far as is known; those of a stranger at 0. */
export type Speaker = Readonly<Partial<Record<UsedModality, Float64Array>>>;

/** Nobody in particular. */
export const STRANGER: Speaker = {};

/** So many clips of a speaker count as much as the training set: chosen on training speakers by `bench/enrolment`. */
export const PRIOR_CLIPS = 5;

/**
 * Where the features of a speaker lie by the mean of some clips: n / (n + k) of it, the posterior mean where clips of a
 * speaker differ k times as much as speakers do. It leaves a sixth of the mean of one clip, which says more of a mood
 * than of a speaker, and four fifths of that of twenty.
 *
 * @param prior The k.
 *
 * @example
 * ```ts
 * import { expectedSpeaker } from "./speaker.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual([...expectedSpeaker({ clips: 15, mean: [2, -1] }, 5)], [1.5, -0.75]);
 * ```
 */
export function expectedSpeaker(
  { clips, mean }: EnrolledModality,
  prior: number = PRIOR_CLIPS,
): Float64Array {
  return Float64Array.from(mean, (value) => clips / (clips + prior) * value);
}
