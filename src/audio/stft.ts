import { checkSamples } from "./check_samples.ts";
import type { Dsp } from "./dsp.ts";
import {
  checkStftLength,
  resolveStftOptions,
  stftArguments,
  type StftOptions,
} from "./stft_options.ts";

/** A short-time Fourier transform. */
export interface Stft {
  /** Real parts, [nBins, nFrames] row by row: first the lowest bin of every frame. */
  readonly re: Float32Array<ArrayBuffer>;
  /** Imaginary parts, likewise. */
  readonly im: Float32Array<ArrayBuffer>;
  /** Number of bins (rows): 1 + nFft / 2. Bin k lies at k x sample rate / nFft Hz. */
  readonly nBins: number;
  /** Number of frames (columns). */
  readonly nFrames: number;
}

/**
 * Short-time Fourier transform of mono samples, as `librosa.stft`:
 * X[k, f] = sum over t of w[t] x[f hopLength + t - nFft / 2] exp(-2 pi i k t / nFft), where w is the
 * window in the middle of a frame of nFft; frames that are not centred lack the shift by nFft / 2.
 *
 * There are 1 + floor(n / hopLength) frames of n samples, or 1 + floor((n - nFft) / hopLength) if they
 * are not centred. The transform is computed in double precision and rounded to f32 once, as in
 * librosa. A signal shorter than the padding is mirrored again and again.
 *
 * @example
 * ```ts
 * import { loadDsp } from "./load_dsp.ts";
 * import { stft } from "./stft.ts";
 * import assert from "node:assert/strict";
 *
 * // A cosine in the middle of bin 5: half of its amplitude times the sum of the window, 32.
 * const cosine = Float32Array.from({ length: 640 }, (_, t) => Math.cos(2 * Math.PI * 5 * t / 64));
 * const { re, nBins, nFrames } = stft(await loadDsp(), cosine, { nFft: 64, center: false });
 * assert.deepEqual([nBins, nFrames], [33, 37]);
 * assert.equal(Math.round(re[5 * nFrames]), 16);
 * ```
 *
 * @throws {AudioInputError} If there are no samples, too many, too few for one frame that is not centred,
 * or one is not a usable number.
 * @throws {AudioOptionError} If an option is impossible, alone or beside the others.
 */
export function stft(dsp: Dsp, samples: Float32Array, options: StftOptions = {}): Stft {
  const settings = resolveStftOptions(options);
  checkSamples(samples);
  const nBins = 1 + settings.nFft / 2;
  checkStftLength(samples.length, settings, 2 * nBins);
  const plan = dsp.plan(
    JSON.stringify(["stft", settings]),
    (wasm) => wasm.createStft64(...stftArguments(settings)),
  );
  const parts = dsp.run(samples, (wasm, at) => ({
    at: wasm.runStft(plan, at, samples.length),
    length: 2 * nBins * wasm.stftFrames(plan, samples.length),
  }));
  const half = parts.length / 2;
  return {
    re: parts.subarray(0, half),
    im: parts.subarray(half),
    nBins,
    nFrames: half / nBins,
  };
}
