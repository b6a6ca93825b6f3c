import type { Dsp } from "./dsp.ts";
import { resolveSpectralInput } from "./spectral_input.ts";
import type { Spectrogram } from "./spectrogram_rows.ts";
import { checkPower, resolveStftOptions, type StftOptions } from "./stft_options.ts";

export type { Spectrogram } from "./spectrogram_rows.ts";

/** Settings of {@linkcode spectrogram}. */
export interface SpectrogramOptions extends StftOptions {
  /** 1 for the magnitudes |X|, 2 for the power |X|^2. Default: 1. */
  readonly power?: 1 | 2;
}

/**
 * Magnitudes or powers of the short-time Fourier transform of mono samples, as
 * `np.abs(librosa.stft(y)) ** power`. Frames and precision are those of {@linkcode stft}.
 *
 * @example
 * ```ts
 * import { loadDsp } from "./load_dsp.ts";
 * import { spectrogram } from "./spectrogram.ts";
 * import assert from "node:assert/strict";
 *
 * const tone = Float32Array.from({ length: 8000 }, (_, t) => Math.sin(2 * Math.PI * t / 16));
 * const { data, nBins, nFrames } = spectrogram(await loadDsp(), tone, { nFft: 256, power: 2 });
 * assert.deepEqual([nBins, nFrames], [129, 126]);
 * const middle = Array.from({ length: nBins }, (_, k) => data[k * nFrames + 60]);
 * assert.equal(middle.indexOf(Math.max(...middle)), 256 / 16);
 * ```
 *
 * @throws {AudioInputError} If there are no samples, too many, too few for one frame that is not centred,
 * or one is not a usable number.
 * @throws {AudioOptionError} If an option is impossible, alone or beside the others.
 */
export function spectrogram(
  dsp: Dsp,
  samples: Float32Array,
  options: SpectrogramOptions = {},
): Spectrogram {
  const { power = 1, ...rest } = options;
  checkPower(power);
  const spectra = resolveSpectralInput(dsp, samples, resolveStftOptions(rest));
  const { nBins, nFrames } = spectra;
  const data = spectra.run(nBins, (wasm, magnitudes) => wasm.runSpectrogram(magnitudes, power));
  return { data, nBins, nFrames };
}
