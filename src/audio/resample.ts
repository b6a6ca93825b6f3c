import { checkSamples } from "./check_samples.ts";
import type { Dsp } from "./dsp.ts";
import { AudioInputError } from "./errors.ts";
import { type ResampleOptions, resolveResampleOptions } from "./resample_options.ts";

/** The core counts bytes in 32 bits: half of what that reaches, for all arrays of one call. */
const MAX_BYTES = 2 ** 31;

/**
 * The samples at another sample rate, ceil(n x to / from) of them for n: output m lies at the time of
 * input m x from / to. Beyond the ends are zeros. Any ratio of whole numbers is exact; a constant keeps
 * its value; there is no delay. What the filter does to tones is stated, for each `quality`, in
 * {@linkcode RESAMPLE_QUALITIES}: with the default, frequencies below 90 % of the lower Nyquist rate stay
 * within 0.0002 dB, those above the lower Nyquist rate are 100 dB down.
 *
 * Compares to `librosa.resample(res_type="soxr_hq")`, which it equals in the pass band, and to
 * `scipy.signal.resample_poly` with the same filter.
 *
 * @example
 * ```ts
 * import { loadDsp } from "./load_dsp.ts";
 * import { resample } from "./resample.ts";
 * import assert from "node:assert/strict";
 *
 * const tone = (rate: number) =>
 *   Float32Array.from({ length: rate }, (_, t) => Math.sin(2 * Math.PI * 440 * t / rate));
 * const samples = resample(await loadDsp(), tone(48000), { from: 48000, to: 8000 });
 * assert.equal(samples.length, 8000);
 * assert.ok(Math.abs(samples[4001] - tone(8000)[4001]) < 1e-4);
 * ```
 *
 * @throws {AudioInputError} If there are no samples, too many, or one is not a usable number.
 * @throws {AudioOptionError} If a rate or the quality is impossible.
 */
export function resample(
  dsp: Dsp,
  samples: Float32Array,
  options: ResampleOptions,
): Float32Array<ArrayBuffer> {
  const { up, down, reach, cutoff, beta } = resolveResampleOptions(options);
  checkSamples(samples);
  const outputs = Math.ceil(samples.length * up / down);
  if (4 * (2 * samples.length + 2 * reach + outputs) > MAX_BYTES) {
    throw new AudioInputError(
      `${samples.length} samples are too many for one call: cut them into parts`,
    );
  }
  if (up === down) return samples.slice();
  const plan = dsp.plan(
    `resample ${up} ${down} ${reach} ${beta}`,
    (wasm) => wasm.createResampler(up, down, reach, cutoff, beta),
  );
  return dsp.run(samples, (wasm, x) => ({
    at: wasm.runResampler(plan, x, samples.length, outputs),
    length: outputs,
  }));
}
