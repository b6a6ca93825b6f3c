import { checkNumber, checkOption } from "./check_option.ts";
import { DCT_NORMS, type DctNorm } from "./dct.ts";
import { type MelNorm, type MelScale, resolveMelOptions } from "./mel_options.ts";
import {
  checkName,
  checkPower,
  resolveStftOptions,
  type StftPadMode,
  type WindowName,
} from "./stft_options.ts";

/** Settings that both definitions of MFCC share. */
export interface MfccCommonOptions {
  /** Samples a second, in Hz. */
  readonly sampleRate: number;
  /** Samples of the Fourier transform: a power of two from 64 to 8192. */
  readonly nFft?: number;
  /** Samples of the analysis window: from 2 to `nFft`. */
  readonly winLength?: number;
  /** Samples from one frame to the next. */
  readonly hopLength?: number;
  /**
   * Number of mel filters, at most 512. Filters narrower than the distance of two bins may be empty: they
   * count as silence.
   */
  readonly nMels?: number;
  /** Number of cepstral coefficients, at most `nMels`. */
  readonly nMfcc?: number;
  /** Lower edge of the lowest mel filter in Hz. Default: 0. */
  readonly fMin?: number;
  /** Upper edge of the highest mel filter in Hz. Default: half of `sampleRate`. */
  readonly fMax?: number;
  /**
   * Length L of the sine by which the middle coefficients are raised, 1 + L/2 sin(pi j / L), where j
   * counts coefficients from 1 in librosa, from 0 in the textbook; 0 for none. Default: 0.
   */
  readonly lifter?: number;
}

/**
 * The definition of `librosa.feature.mfcc` with 40 coefficients: unless told otherwise frames centred on
 * every hop-th sample, zeros beyond the ends, a periodic Hann window, the power of the spectrum,
 * Slaney's mel filters; then decibels and the orthonormal cosine transform of type II.
 *
 * Defaults: `nFft` 2048, `winLength` as `nFft`, `hopLength` 512, `nMels` 128, `nMfcc` 40.
 */
export interface LibrosaMfccOptions extends MfccCommonOptions {
  /** Which definition is meant. Default: `"librosa"`. */
  readonly preset?: "librosa";
  /**
   * How far below the loudest mel energy of the clip the others may lie, in dB; `Infinity` for no
   * limit. Default: 80.
   */
  readonly topDb?: number;
  /** The window by which frames are multiplied. Default: `"hann"`. */
  readonly window?: WindowName;
  /**
   * Whether frame t is centred on sample t x `hopLength`, with `nFft` / 2 samples added at either end,
   * or begins there. Default: `true`.
   */
  readonly center?: boolean;
  /** What is added at the ends if `center`. Default: `"constant"`. */
  readonly padMode?: StftPadMode;
  /** What the filters sum up: 2 for the power of the spectrum, 1 for its magnitude. Default: 2. */
  readonly power?: 1 | 2;
  /** The scale on which the filters are equally spaced; librosa's `htk`. Default: `"slaney"`. */
  readonly scale?: MelScale;
  /** The height of the filters; librosa's `mel_norm`. Default: `"slaney"`. */
  readonly melNorm?: MelNorm;
  /** The scale of the cosine transform. Default: `"ortho"`. */
  readonly norm?: DctNorm;
}

/**
 * The recipe of the textbooks, equal to `python_speech_features.mfcc` with a Hamming window and no
 * appended energy; `lifter` is its `ceplifter`: pre-emphasis, frames from the first sample on, a symmetric
 * Hamming window, HTK's mel filters moved to whole bins, natural logarithm.
 *
 * Defaults: `winLength` 25 ms, `hopLength` 10 ms, `nFft` the next power of two from `winLength` on (at
 * 8 kHz: 200, 80 and 256 samples), `nMels` 26, `nMfcc` 13.
 */
export interface TextbookMfccOptions extends MfccCommonOptions {
  /** Which definition is meant. */
  readonly preset: "textbook";
  /** Weight c of the previous sample in x[t] - c x[t-1]; 0 for no pre-emphasis. Default: 0.97. */
  readonly preEmphasis?: number;
}

/** Settings of {@linkcode mfcc}: one of two definitions, and what deviates from it. */
export type MfccOptions = LibrosaMfccOptions | TextbookMfccOptions;

/** Settings of {@linkcode mfcc} with every default filled in. */
export type MfccSettings = Required<LibrosaMfccOptions> | Required<TextbookMfccOptions>;

const MIN_FFT = 64;

/**
 * Fills in the defaults of the chosen preset.
 *
 * @example
 * ```ts
 * import { resolveMfccOptions } from "./mfcc_options.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(resolveMfccOptions({ sampleRate: 8000 }).nFft, 2048);
 * assert.equal(resolveMfccOptions({ sampleRate: 8000, preset: "textbook" }).nFft, 256);
 * ```
 *
 * @throws {AudioOptionError} If a value is impossible, alone or beside the others.
 */
export function resolveMfccOptions(options: MfccOptions): MfccSettings {
  const settings = options.preset === "textbook"
    ? resolveTextbook(options)
    : resolveLibrosa(options);
  const { nMels, nMfcc, lifter } = settings;
  const fits = Number.isInteger(nMfcc) && nMfcc >= 1 && nMfcc <= nMels;
  checkOption("nMfcc", nMfcc, fits, `a whole number from 1 to nMels, ${nMels}`);
  checkNumber("lifter", lifter, lifter >= 0 && lifter < Infinity, "0 or more");
  return settings;
}

function resolveLibrosa(options: LibrosaMfccOptions): Required<LibrosaMfccOptions> {
  const { preset = "librosa", nMfcc = 40, lifter = 0, topDb = 80, power = 2, norm = "ortho" } =
    options;
  checkOption("preset", preset, preset === "librosa", `"librosa" or "textbook"`);
  const mel = resolveMelOptions({ ...options, norm: options.melNorm }, "melNorm");
  const stft = resolveStftOptions(options, 512);
  checkNumber("topDb", topDb, topDb >= 0, "0 or more");
  checkPower(power);
  checkName("norm", norm, DCT_NORMS);
  return { ...mel, ...stft, preset, nMfcc, lifter, topDb, power, melNorm: mel.norm, norm };
}

function resolveTextbook(options: TextbookMfccOptions): Required<TextbookMfccOptions> {
  const { preset, nMels = 26, nMfcc = 13, lifter = 0, preEmphasis = 0.97 } = options;
  const { sampleRate, fMin, fMax } = resolveMelOptions({
    sampleRate: options.sampleRate,
    nMels,
    fMin: options.fMin,
    fMax: options.fMax,
  });
  // Halves round up, as in python_speech_features.
  const winLength = options.winLength ?? Math.round(0.025 * sampleRate);
  const { nFft, hopLength } = resolveStftOptions({
    nFft: options.nFft ?? Math.max(MIN_FFT, 2 ** Math.ceil(Math.log2(winLength))),
    winLength,
    hopLength: options.hopLength ?? Math.round(0.01 * sampleRate),
  });
  const share = preEmphasis >= 0 && preEmphasis <= 1;
  checkNumber("preEmphasis", preEmphasis, share, "from 0 to 1");
  return {
    sampleRate,
    preset,
    nFft,
    winLength,
    hopLength,
    nMels,
    nMfcc,
    fMin,
    fMax,
    lifter,
    preEmphasis,
  };
}
