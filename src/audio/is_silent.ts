/** Sound that nowhere reaches this level is silence, in dB of full scale: recordings of a voice do. */
const SILENCE_DB = -65;

/** Length of the stretches whose level is looked at, in seconds. */
const STRETCH = 0.032;

/**
 * Tells whether sound that arrives in parts holds nothing: in none of its stretches of 32 ms the root mean
 * square, about the stretch's mean, reaches -65 dB of full scale. A constant is no sound: 8-bit recorders
 * often rest beside zero.
 */
export class SilenceCheck {
  readonly #length: number;
  readonly #most: number = 10 ** (SILENCE_DB / 10);
  #count = 0;
  #sum = 0;
  #squares = 0;
  #heard = false;

  /** Begins a sound of `sampleRate` samples a second. */
  constructor(sampleRate: number) {
    this.#length = Math.max(1, Math.round(STRETCH * sampleRate));
  }

  /** Listens to the next samples, mono, full scale -1 to 1. */
  push(samples: Float32Array): void {
    for (let t = 0; t < samples.length && !this.#heard; t++) {
      this.#sum += samples[t];
      this.#squares += samples[t] ** 2;
      if (++this.#count < this.#length) continue;
      this.#heard = this.#isLoud();
      this.#count = this.#sum = this.#squares = 0;
    }
  }

  /** Whether nothing has been heard so far. */
  get silent(): boolean {
    return !this.#heard && !(this.#count > 0 && this.#isLoud());
  }

  #isLoud(): boolean {
    const mean = this.#sum / this.#count;
    return this.#squares / this.#count - mean ** 2 >= this.#most;
  }
}

/**
 * Whether a recording holds nothing, as {@linkcode SilenceCheck} says.
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
  const check = new SilenceCheck(sampleRate);
  check.push(samples);
  return check.silent;
}
