import { checkSamples } from "./check_samples.ts";
import type { Dsp } from "./dsp.ts";
import { melArguments, type MelOptions, resolveMelOptions } from "./mel_options.ts";
import {
  checkPower,
  checkStftLength,
  resolveStftOptions,
  stftArguments,
  type StftOptions,
} from "./stft_options.ts";

/** Settings of {@linkcode melSpectrogram}. */
export interface MelSpectrogramOptions extends StftOptions, MelOptions {
  /** What the filters sum up: 2 for the power of the spectrum, 1 for its magnitude. Default: 2. */
  readonly power?: 1 | 2;
}

/** Energies of bands on the mel scale, over time. */
export interface MelSpectrogram {
  /** Energies, [nMels, nFrames] row by row: first the lowest band of every frame. */
  readonly data: Float32Array<ArrayBuffer>;
  /** Number of bands (rows). */
  readonly nMels: number;
  /** Number of frames (columns). */
  readonly nFrames: number;
}

/**
 * Mel spectrogram of mono samples, as `librosa.feature.melspectrogram`: the spectrum of each frame,
 * summed up by the filters of {@linkcode melFilterBank}. `hopLength` is 512 unless told otherwise.
 *
 * The transform is computed in double precision: values far below the loudest are as exact as that one.
 *
 * @example
 * ```ts
 * import { loadDsp } from "./load_dsp.ts";
 * import { melSpectrogram } from "./mel_spectrogram.ts";
 * import assert from "node:assert/strict";
 *
 * const tone = Float32Array.from({ length: 32000 }, (_, t) => Math.sin(0.3 * t));
 * const { data, nMels, nFrames } = melSpectrogram(await loadDsp(), tone, { sampleRate: 8000 });
 * assert.deepEqual([nMels, nFrames, data.length], [128, 63, 8064]);
 * ```
 *
 * @throws {AudioInputError} If there are no samples, too many, too few for one frame that is not centred,
 * or one is not a usable number.
 * @throws {AudioOptionError} If an option is impossible, alone or beside the others.
 */
export function melSpectrogram(
  dsp: Dsp,
  samples: Float32Array,
  options: MelSpectrogramOptions,
): MelSpectrogram {
  const { power = 2 } = options;
  const mel = resolveMelOptions(options);
  const stft = resolveStftOptions(options, 512);
  checkPower(power);
  checkSamples(samples);
  const { nMels } = mel;
  checkStftLength(samples.length, stft, nMels);
  const plan = dsp.plan(
    JSON.stringify(["mel", mel, stft, power]),
    (wasm) =>
      wasm.createMelSpectrogram(
        wasm.createStft64(...stftArguments(stft)),
        wasm.createMelBank(...melArguments(mel, stft.nFft)),
        power,
      ),
  );
  const { nFft, hopLength, center } = stft;
  const nFrames = 1 + Math.floor((samples.length - (center ? 0 : nFft)) / hopLength);
  const data = dsp.run(samples, (wasm, at) => ({
    at: wasm.runMelSpectrogram(plan, at, samples.length),
    length: nMels * nFrames,
  }));
  return { data, nMels, nFrames };
}
