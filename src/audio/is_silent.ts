/** Sound that nowhere reaches this level is silence, in dB of full scale: recordings of a voice do. */
const SILENCE_DB = -65;

/** Length of the stretches whose level is looked at, in seconds. */
const STRETCH = 0.032;

/**
 * Whether a recording holds nothing: in none of its stretches of 32 ms the root mean square reaches -65 dB of
 * full scale. A constant is taken off before, for it is no sound: 8-bit recorders often rest beside zero.
 *
 * @example
 * ```ts
 * import { isSilent } from "./is_silent.ts";
 * import assert from "node:assert/strict";
 *
 * assert.ok(isSilent(new Float32Array(8000).fill(-1 / 128), 8000));
 * assert.ok(!isSilent(Float32Array.from({ length: 8000 }, (_, t) => 0.01 * Math.sin(t)), 8000));
 * ```
 *
 * @param samples Mono samples, full scale -1 to 1.
 * @param sampleRate Samples a second, in Hz.
 */
export function isSilent(samples: Float32Array, sampleRate: number): boolean {
  let sum = 0;
  for (const sample of samples) sum += sample;
  const mean = sum / samples.length;
  const length = Math.max(1, Math.round(STRETCH * sampleRate));
  const most = 10 ** (SILENCE_DB / 10);
  for (let from = 0; from < samples.length; from += length) {
    const end = Math.min(samples.length, from + length);
    let power = 0;
    for (let t = from; t < end; t++) power += (samples[t] - mean) ** 2;
    if (power >= most * (end - from)) return false;
  }
  return true;
}
