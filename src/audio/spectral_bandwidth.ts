import { checkBoolean, checkNumber } from "./check_option.ts";
import type { Dsp } from "./dsp.ts";
import type { FrameValues } from "./framing.ts";
import { checkSampleRate } from "./mel_options.ts";
import { resolveSpectralInput, type SpectralInput } from "./spectral_input.ts";
import type { StftOptions } from "./stft_options.ts";

/** Settings of {@linkcode spectralBandwidth}. */
export interface SpectralBandwidthOptions extends StftOptions {
  /** Samples a second, in Hz. */
  readonly sampleRate: number;
  /** The power to which distances from the centroid are raised: a positive number. Default: 2. */
  readonly p?: number;
  /** Whether magnitudes are divided by their sum. Default: `true`. */
  readonly norm?: boolean;
}

/**
 * Spectral bandwidth of each frame in Hz, as `librosa.feature.spectral_bandwidth`: the mean distance of
 * order p from the {@linkcode spectralCentroid} c, (sum of s[k] |f[k] - c|^p)^(1/p), where s[k] is the
 * magnitude |X[k]| divided by the sum of all; 0 for silence. Without `norm`, s[k] is the magnitude
 * itself (A. Klapuri and M. Davy, eds., Signal Processing Methods for Music Transcription, 2007,
 * chapter 5).
 *
 * @example
 * ```ts
 * import { loadDsp } from "./load_dsp.ts";
 * import { spectralBandwidth } from "./spectral_bandwidth.ts";
 * import assert from "node:assert/strict";
 *
 * const tone = Float32Array.from({ length: 8000 }, (_, t) => Math.sin(2 * Math.PI * 1000 * t / 8000));
 * const { data, nFrames } = spectralBandwidth(await loadDsp(), tone, { sampleRate: 8000 });
 * assert.equal(nFrames, 16);
 * assert.ok(data[8] < 10);
 * ```
 *
 * @throws {AudioInputError} If there are no samples, too many, too few for one frame that is not centred,
 * or one is not a usable number; or if the spectrogram is not one, or has a negative value.
 * @throws {AudioOptionError} If an option is impossible, alone or beside the others, or says how to make
 * a spectrogram that is there already.
 */
export function spectralBandwidth(
  dsp: Dsp,
  input: SpectralInput,
  options: SpectralBandwidthOptions,
): FrameValues {
  const { sampleRate, p = 2, norm = true } = options;
  checkSampleRate(sampleRate);
  checkNumber("p", p, p > 0 && p < Infinity, "positive");
  checkBoolean("norm", norm);
  const spectra = resolveSpectralInput(dsp, input, options);
  const { nFft, nFrames } = spectra;
  const width = sampleRate / nFft;
  const data = spectra.run(1, (wasm, magnitudes) => wasm.runBandwidth(magnitudes, width, p, norm));
  return { data, nFrames };
}
