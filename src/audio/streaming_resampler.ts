import { checkSamples } from "./check_samples.ts";
import type { Dsp } from "./dsp.ts";
import {
  type ResampleOptions,
  type ResampleSettings,
  resolveResampleOptions,
} from "./resample_options.ts";

/** About so many samples are computed at once, so that a long push needs no more of the core's memory. */
const MOST_SAMPLES = 2 ** 18;

/**
 * {@linkcode resample} of a sound that arrives in parts: {@linkcode push} takes samples and gives those
 * of the new rate that depend on nothing that is still to come, {@linkcode flush} ends the sound and
 * gives the rest. However the sound is cut, the samples are those of `resample`, bit for bit. Less
 * than a period of the two rates and twice the filter's reach is kept of it.
 *
 * @example
 * ```ts
 * import { loadDsp } from "./load_dsp.ts";
 * import { resample } from "./resample.ts";
 * import { StreamingResampler } from "./streaming_resampler.ts";
 * import assert from "node:assert/strict";
 *
 * const dsp = await loadDsp();
 * const sound = Float32Array.from({ length: 4800 }, (_, t) => Math.sin(0.05 * t));
 * const resampler = new StreamingResampler(dsp, { from: 48000, to: 8000 });
 * const parts = [resampler.push(sound.subarray(0, 1000)), resampler.push(sound.subarray(1000))];
 * parts.push(resampler.flush());
 * const joined = parts.flatMap((part) => [...part]);
 * assert.deepEqual(joined, [...resample(dsp, sound, { from: 48000, to: 8000 })]);
 * ```
 */
export class StreamingResampler {
  readonly #dsp: Dsp;
  readonly #settings: ResampleSettings;
  /** The input from `#first` on, a whole number of periods after the start. */
  #kept: Float32Array<ArrayBuffer> = new Float32Array(0);
  #length = 0;
  #first = 0;
  /** Whole periods that were given. */
  #periods = 0;

  /**
   * Begins a sound. The core may serve other work between two calls.
   *
   * @throws {AudioOptionError} If a rate or the quality is impossible.
   */
  constructor(dsp: Dsp, options: ResampleOptions) {
    this.#dsp = dsp;
    this.#settings = resolveResampleOptions(options);
  }

  /**
   * Takes the next samples, any number of them, and returns those of the new rate that are now known.
   *
   * @throws {AudioInputError} If one is not a usable number; none of them is then taken.
   */
  push(samples: Float32Array): Float32Array<ArrayBuffer> {
    if (samples.length > 0) checkSamples(samples, this.#first + this.#length);
    const { up, down, reach } = this.#settings;
    if (up === down) return samples.slice();
    this.#append(samples);
    const known = Math.floor((this.#first + this.#length - reach) / down);
    if (known <= this.#periods) return new Float32Array(0);
    const out = new Float32Array((known - this.#periods) * up);
    const most = Math.max(1, Math.floor(MOST_SAMPLES / down));
    for (let at = 0; this.#periods < known;) {
      const count = Math.min(most, known - this.#periods);
      const end = (this.#periods + count) * down + reach;
      out.set(this.#compute(count * up, end), at);
      this.#periods += count;
      at += count * up;
    }
    this.#forget();
    return out;
  }

  /** Ends the sound, after which are zeros, and returns its last samples. The next push begins another. */
  flush(): Float32Array<ArrayBuffer> {
    const { up, down } = this.#settings;
    const end = this.#first + this.#length;
    const rest = up === down ? 0 : Math.ceil(end * up / down) - this.#periods * up;
    const out = rest > 0 ? this.#compute(rest, end) : new Float32Array(0);
    this.#length = this.#first = this.#periods = 0;
    return out;
  }

  /** The next `outputs` samples, from the input before `end`. */
  #compute(outputs: number, end: number): Float32Array<ArrayBuffer> {
    const { up, down, reach, cutoff, beta } = this.#settings;
    const before = Math.min(this.#periods, Math.ceil(reach / down));
    const from = (this.#periods - before) * down - this.#first;
    const input = this.#kept.subarray(from, end - this.#first);
    const plan = this.#dsp.plan(
      `resample ${up} ${down} ${reach} ${beta}`,
      (wasm) => wasm.createResampler(up, down, reach, cutoff, beta),
    );
    const length = before * up + outputs;
    return this.#dsp.run(input, (wasm, x) => ({
      at: wasm.runResampler(plan, x, input.length, length),
      length,
    })).subarray(before * up);
  }

  #append(samples: Float32Array): void {
    const length = this.#length + samples.length;
    if (length > this.#kept.length) {
      const larger = new Float32Array(length);
      larger.set(this.#kept.subarray(0, this.#length));
      this.#kept = larger;
    }
    this.#kept.set(samples, this.#length);
    this.#length = length;
  }

  /** Drops what no later sample depends on. */
  #forget(): void {
    const { down, reach } = this.#settings;
    const first = Math.max(0, this.#periods - Math.ceil(reach / down)) * down;
    const dropped = first - this.#first;
    if (dropped <= 0) return;
    // A buffer that one long push made large is let go.
    this.#kept = this.#kept.slice(dropped, this.#length);
    this.#length -= dropped;
    this.#first = first;
  }
}
