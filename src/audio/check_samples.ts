import { AudioInputError } from "./errors.ts";

/** Beyond this the power of a frame might not fit an f32. 16-bit integers stay far below. */
const LOUDEST = 1e12;

/**
 * Makes sure that a feature can be computed from `samples`. `first` is the number of the first of them
 * where they are part of a longer sound.
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
 * @throws {AudioInputError} If they are no Float32Array, there are none, or one is not a number,
 * infinite or absurdly large.
 */
export function checkSamples(samples: Float32Array, first = 0): void {
  if (!(samples instanceof Float32Array)) {
    throw new AudioInputError("samples must be a Float32Array");
  }
  if (samples.length === 0) {
    throw new AudioInputError("there are no samples: the sound is empty");
  }
  for (let t = 0; t < samples.length; t++) {
    if (!(Math.abs(samples[t]) <= LOUDEST)) {
      throw new AudioInputError(
        `sample ${first + t} is ${samples[t]}: samples must be numbers, usually from -1 to 1`,
      );
    }
  }
}

/**
 * Makes sure that decibels can be computed from `power`, in which any finite number may stand.
 *
 * @throws {AudioInputError} If it is no Float32Array, empty, or has a value that is not a number or
 * infinite.
 */
export function checkPowers(power: Float32Array): void {
  if (!(power instanceof Float32Array)) throw new AudioInputError("powers must be a Float32Array");
  if (power.length === 0) throw new AudioInputError("there are no powers");
  const bad = power.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new AudioInputError(`power ${bad} is ${power[bad]}: it must be a finite number`);
  }
}
