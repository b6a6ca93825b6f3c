import { checkBoolean, checkInteger, checkNumber } from "./check_option.ts";
import type { Dsp } from "./dsp.ts";
import { AudioOptionError } from "./errors.ts";
import { checkSampleRate } from "./mel_options.ts";
import { resolveSpectralInput, type SpectralInput } from "./spectral_input.ts";
import type { StftOptions } from "./stft_options.ts";

/** Settings of {@linkcode spectralContrast}. */
export interface SpectralContrastOptions extends StftOptions {
  /** Samples a second, in Hz. */
  readonly sampleRate: number;
  /** Upper edge of the lowest band in Hz; each further band reaches twice as far. Default: 200. */
  readonly fMin?: number;
  /**
   * Number of octaves above the lowest band. The last must begin below half of `sampleRate`: at 8 kHz
   * and with 200 Hz that leaves 5 of the default. Default: 6.
   */
  readonly nBands?: number;
  /** The share of a band's bins, between 0 and 1, that counts as its peak and its valley. Default: 0.02. */
  readonly quantile?: number;
  /** Whether the difference is of magnitudes instead of levels in dB. Default: `false`. */
  readonly linear?: boolean;
}

/** Spectral contrast of one clip. */
export interface SpectralContrast {
  /** The contrasts, [nRows, nFrames] row by row: first the lowest band of every frame. */
  readonly data: Float32Array<ArrayBuffer>;
  /** Number of bands (rows): `nBands` octaves and the band below them. */
  readonly nRows: number;
  /** Number of frames (columns). */
  readonly nFrames: number;
}

/**
 * Spectral contrast of each band and frame in dB, as `librosa.feature.spectral_contrast`: how far the
 * mean of the greatest magnitudes of a band lies above the mean of its least, in the bands 0 to `fMin`,
 * `fMin` to 2 `fMin`, and so on (D.-N. Jiang and others, Music type classification by spectral contrast
 * feature, ICME 2002). As in librosa levels are those of `power_to_db` of the magnitudes: peaks count for
 * 1e-10 at least and for 80 dB below the clip's greatest at least, and so do valleys.
 *
 * @example
 * ```ts
 * import { loadDsp } from "./load_dsp.ts";
 * import { spectralContrast } from "./spectral_contrast.ts";
 * import assert from "node:assert/strict";
 *
 * const tone = Float32Array.from({ length: 8000 }, (_, t) => Math.sin(2 * Math.PI * 1000 * t / 8000));
 * const options = { sampleRate: 8000, nBands: 4 };
 * const { data, nRows, nFrames } = spectralContrast(await loadDsp(), tone, options);
 * assert.deepEqual([nRows, nFrames], [5, 16]);
 * // The band from 800 to 1600 Hz has the tone.
 * const middle = [0, 1, 2, 3, 4].map((k) => data[k * nFrames + 8]);
 * assert.equal(middle.indexOf(Math.max(...middle)), 3);
 * ```
 *
 * @throws {AudioInputError} If there are no samples, too many, too few for one frame that is not centred,
 * or one is not a usable number; or if the spectrogram is not one, or has a negative value.
 * @throws {AudioOptionError} If an option is impossible, alone or beside the others, or says how to make
 * a spectrogram that is there already; if the last band begins at half of `sampleRate` or above, and
 * where a band has too few bins to have a peak and a valley, for which librosa fails or gives NaN.
 */
export function spectralContrast(
  dsp: Dsp,
  input: SpectralInput,
  options: SpectralContrastOptions,
): SpectralContrast {
  const { sampleRate, fMin = 200, nBands = 6, quantile = 0.02, linear = false } = options;
  checkSampleRate(sampleRate);
  checkNumber("fMin", fMin, fMin > 0 && fMin < Infinity, "positive");
  checkInteger("nBands", nBands, 1, 32);
  checkNumber("quantile", quantile, quantile > 0 && quantile < 1, "between 0 and 1");
  checkBoolean("linear", linear);
  const top = fMin * 2 ** (nBands - 1);
  if (top >= sampleRate / 2) {
    throw new AudioOptionError(
      "nBands",
      nBands,
      `smaller, or fMin lower: the last band would begin at ${top} Hz, with sounds only below ${
        sampleRate / 2
      } Hz`,
    );
  }
  const spectra = resolveSpectralInput(dsp, input, options);
  const { nFft, nBins, nFrames } = spectra;
  const bands = layBands({ sampleRate, nFft, nBins, fMin, nBands, quantile });
  const nRows = bands.length;
  const data = spectra.run(nRows, (wasm, magnitudes) => {
    const at = wasm.createBands(nRows);
    bands.forEach(({ first, bins, extremes }, k) => wasm.setBand(at, k, first, bins, extremes));
    return wasm.runContrast(magnitudes, at, nRows, linear);
  });
  return { data, nRows, nFrames };
}

/** The bins of a band, and how many of them make its peak and its valley. */
interface Band {
  readonly first: number;
  readonly bins: number;
  readonly extremes: number;
}

/**
 * The bands as librosa lays them: an octave takes in the bin before its lower edge; all bands but the
 * last leave out the last of their own, and the last goes on to the highest bin.
 */
function layBands(
  { sampleRate, nFft, nBins, fMin, nBands, quantile }:
    & { nFft: number; nBins: number }
    & Required<Pick<SpectralContrastOptions, "sampleRate" | "fMin" | "nBands" | "quantile">>,
): Band[] {
  // As numpy.fft.rfftfreq rounds: edges may fall on bins.
  const width = 1 / (nFft * (1 / sampleRate));
  return Array.from({ length: nBands + 1 }, (_, k) => {
    const low = k === 0 ? 0 : fMin * 2 ** (k - 1);
    const high = fMin * 2 ** k;
    let first = 0;
    while (first * width < low) first++;
    let end = first;
    while (end < nBins && end * width <= high) end++;
    const empty = end === first;
    if (k > 0) first--;
    if (k === nBands) end = nBins;
    const bins = end - first - (k < nBands ? 1 : 0);
    if (empty || bins < 1) {
      throw new AudioOptionError(
        "fMin",
        fMin,
        `higher, or nFft larger: the band from ${low} to ${high} Hz has too few bins of ${width} Hz`,
      );
    }
    const extremes = Math.max(1, roundHalfToEven(quantile * (end - first)));
    return { first, bins, extremes: Math.min(bins, extremes) };
  });
}

/** As `numpy.rint`. */
function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
