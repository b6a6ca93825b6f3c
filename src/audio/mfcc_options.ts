import { AudioOptionError } from "./errors.ts";

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
  /** Number of mel filters, at most 512. */
  readonly nMels?: number;
  /** Number of cepstral coefficients, at most `nMels`. */
  readonly nMfcc?: number;
  /** Lower edge of the lowest mel filter in Hz. Default: 0. */
  readonly fMin?: number;
  /** Upper edge of the highest mel filter in Hz. Default: half of `sampleRate`. */
  readonly fMax?: number;
}

/**
 * The definition of `librosa.feature.mfcc` with 40 coefficients: frames centred on every hop-th
 * sample, zeros beyond the ends, a periodic Hann window, Slaney's mel filters, decibels.
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
}

/**
 * The recipe of the textbooks, equal to `python_speech_features.mfcc` with a Hamming window and neither
 * liftering nor appended energy: pre-emphasis, frames from the first sample on, a symmetric
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
const MAX_FFT = 8192;
const MAX_MELS = 512;

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
  const { sampleRate } = options;
  check("sampleRate", sampleRate, sampleRate > 0 && sampleRate < Infinity, "a positive number");
  const settings = options.preset === "textbook"
    ? resolveTextbook(options)
    : resolveLibrosa(options);
  const { nFft, winLength, hopLength, nMels, nMfcc, fMin, fMax } = settings;
  checkInteger("nFft", nFft, MIN_FFT, MAX_FFT);
  check("nFft", nFft, (nFft & (nFft - 1)) === 0, "a power of two");
  checkInteger("winLength", winLength, 2, nFft, "nFft");
  checkInteger("hopLength", hopLength, 1, 2 ** 24);
  checkInteger("nMels", nMels, 1, MAX_MELS);
  checkInteger("nMfcc", nMfcc, 1, nMels, "nMels");
  check("fMin", fMin, fMin >= 0 && fMin < fMax, `at least 0 and less than fMax, ${fMax}`);
  const nyquist = sampleRate / 2;
  check("fMax", fMax, fMax <= nyquist, `at most half of sampleRate, ${nyquist}`);
  return settings;
}

function resolveLibrosa(options: LibrosaMfccOptions): Required<LibrosaMfccOptions> {
  const { sampleRate, preset = "librosa", nFft = 2048, topDb = 80 } = options;
  check("preset", preset, preset === "librosa", `"librosa" or "textbook"`);
  check("topDb", topDb, topDb >= 0, "0 or more");
  return {
    sampleRate,
    preset,
    nFft,
    winLength: options.winLength ?? nFft,
    hopLength: options.hopLength ?? 512,
    nMels: options.nMels ?? 128,
    nMfcc: options.nMfcc ?? 40,
    fMin: options.fMin ?? 0,
    fMax: options.fMax ?? sampleRate / 2,
    topDb,
  };
}

function resolveTextbook(options: TextbookMfccOptions): Required<TextbookMfccOptions> {
  const { sampleRate, preset, preEmphasis = 0.97 } = options;
  // Halves round up, as in python_speech_features.
  const winLength = options.winLength ?? Math.round(0.025 * sampleRate);
  check("preEmphasis", preEmphasis, preEmphasis >= 0 && preEmphasis <= 1, "from 0 to 1");
  return {
    sampleRate,
    preset,
    nFft: options.nFft ?? Math.max(MIN_FFT, 2 ** Math.ceil(Math.log2(winLength))),
    winLength,
    hopLength: options.hopLength ?? Math.round(0.01 * sampleRate),
    nMels: options.nMels ?? 26,
    nMfcc: options.nMfcc ?? 13,
    fMin: options.fMin ?? 0,
    fMax: options.fMax ?? sampleRate / 2,
    preEmphasis,
  };
}

function check(option: string, value: unknown, valid: boolean, allowed: string): void {
  if (!valid) throw new AudioOptionError(option, value, allowed);
}

function checkInteger(option: string, value: number, low: number, high: number, as = ""): void {
  const valid = Number.isInteger(value) && value >= low && value <= high;
  check(option, value, valid, `a whole number from ${low} to ${as && `${as}, `}${high}`);
}
