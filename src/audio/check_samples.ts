import { AudioInputError } from "./errors.ts";

/** Beyond this the power of a frame might not fit an f32. 16-bit integers stay far below. */
const LOUDEST = 1e12;

/**
 * Makes sure that a feature can be computed from `samples`.
 *
 * @example
 * ```ts
 * import { checkSamples } from "./check_samples.ts";
 * import assert from "node:assert/strict";
 *
 * checkSamples(new Float32Array([0.5, -0.5]));
 * assert.throws(() => checkSamples(new Float32Array([0.5, NaN])), /sample 1 is NaN/);
 * ```
 *
 * @throws {AudioInputError} If there are none, or one is not a number, infinite or absurdly large.
 */
export function checkSamples(samples: Float32Array): void {
  if (samples.length === 0) {
    throw new AudioInputError("there are no samples: the sound is empty");
  }
  for (let t = 0; t < samples.length; t++) {
    if (!(Math.abs(samples[t]) <= LOUDEST)) {
      throw new AudioInputError(
        `sample ${t} is ${samples[t]}: samples must be numbers, usually from -1 to 1`,
      );
    }
  }
}
