import type { Dsp } from "./dsp.ts";
import type { FrameValues } from "./framing.ts";
import { checkSampleRate } from "./mel_options.ts";
import { resolveSpectralInput, type SpectralInput } from "./spectral_input.ts";
import type { StftOptions } from "./stft_options.ts";

/** Settings of {@linkcode spectralCentroid}. */
export interface SpectralCentroidOptions extends StftOptions {
  /** Samples a second, in Hz. */
  readonly sampleRate: number;
}

/**
 * Spectral centroid of each frame in Hz, as `librosa.feature.spectral_centroid`: the mean frequency,
 * weighted by the magnitudes of the spectrum, sum of f[k] |X[k]| / sum of |X[k]|; 0 for silence
 * (A. Klapuri and M. Davy, eds., Signal Processing Methods for Music Transcription, 2007, chapter 5).
 *
 * @example
 * ```ts
 * import { loadDsp } from "./load_dsp.ts";
 * import { spectralCentroid } from "./spectral_centroid.ts";
 * import assert from "node:assert/strict";
 *
 * const tone = Float32Array.from({ length: 8000 }, (_, t) => Math.sin(2 * Math.PI * 1000 * t / 8000));
 * const { data, nFrames } = spectralCentroid(await loadDsp(), tone, { sampleRate: 8000 });
 * assert.equal(nFrames, 16);
 * assert.equal(Math.round(data[8]), 1000);
 * ```
 *
 * @throws {AudioInputError} If there are no samples, too many, too few for one frame that is not centred,
 * or one is not a usable number; or if the spectrogram is not one, or has a negative value.
 * @throws {AudioOptionError} If an option is impossible, alone or beside the others, or says how to make
 * a spectrogram that is there already.
 */
export function spectralCentroid(
  dsp: Dsp,
  input: SpectralInput,
  options: SpectralCentroidOptions,
): FrameValues {
  const { sampleRate } = options;
  checkSampleRate(sampleRate);
  const spectra = resolveSpectralInput(dsp, input, options);
  const { nFft, nFrames } = spectra;
  const data = spectra.run(
    1,
    (wasm, magnitudes) => wasm.runCentroid(magnitudes, sampleRate / nFft),
  );
  return { data, nFrames };
}
