import { checkSamples } from "./check_samples.ts";
import { DCT_NORMS } from "./dct.ts";
import type { Dsp } from "./dsp.ts";
import type { DspExports } from "./dsp_exports.ts";
import { melArguments } from "./mel_options.ts";
import type { MfccSettings } from "./mfcc_options.ts";
import { checkStftLength, resolveStftOptions, stftArguments } from "./stft_options.ts";

/** Mel-frequency cepstral coefficients of one clip. */
export interface Mfcc {
  /** The coefficients, [nMfcc, nFrames] row by row: first coefficient 0 of every frame. */
  readonly data: Float32Array<ArrayBuffer>;
  /** Number of coefficients (rows). */
  readonly nMfcc: number;
  /** Number of frames (columns). */
  readonly nFrames: number;
}

/** What {@linkcode mfccPlan} returns. */
export type MfccPlanFinder = (dsp: Dsp) => number;

/**
 * A function that finds the address of the core's tables for `settings`, which it makes when they are
 * not there. The address holds until the core's next plan: callers ask before every computation.
 */
export function mfccPlan(settings: MfccSettings): MfccPlanFinder {
  const key = JSON.stringify(["mfcc", settings]);
  return (dsp) => dsp.plan(key, (wasm) => createPlan(wasm, settings));
}

/**
 * The MFCCs of a whole clip, by the tables of `plan`: in a new array, or in the one that `into` returns.
 *
 * @throws {AudioInputError} If there are no samples, too many, or one is not a usable number.
 */
export function computeMfcc(
  dsp: Dsp,
  samples: Float32Array,
  settings: MfccSettings,
  plan: MfccPlanFinder,
  into?: (length: number) => Float32Array<ArrayBuffer>,
): Mfcc {
  checkSamples(samples);
  checkLength(samples.length, settings);
  const at = plan(dsp);
  const { nMfcc } = settings;
  const data = dsp.run(samples, (wasm, input) => ({
    at: wasm.runMfcc(at, input, samples.length),
    length: nMfcc * wasm.mfccFrames(at, samples.length),
  }), into);
  return { data, nMfcc, nFrames: data.length / nMfcc };
}

/** How far below the loudest power a spectrum in single precision is exact enough for MFCCs. */
const SINGLE_PRECISION_DB = 80;

function createPlan(wasm: DspExports, settings: MfccSettings): number {
  const { sampleRate, nFft, winLength, hopLength, nMels, fMin, fMax, nMfcc, lifter } = settings;
  if (settings.preset === "textbook") {
    return wasm.createTextbookMfcc(
      sampleRate,
      nFft,
      winLength,
      hopLength,
      nMels,
      fMin,
      fMax,
      nMfcc,
      lifter,
      settings.preEmphasis,
    );
  }
  const { power, topDb, melNorm, norm } = settings;
  // Beyond that range the quietest power would be rounding, and levels tell it apart.
  const single = topDb * 2 / power <= SINGLE_PRECISION_DB;
  const stft = stftArguments(settings);
  return wasm.createLibrosaMfcc(
    single ? wasm.createStft(...stft) : wasm.createStft64(...stft),
    wasm.createMelBank(...melArguments({ ...settings, norm: melNorm }, nFft)),
    wasm.createDct(nMels, nMfcc, DCT_NORMS[norm], lifter, 1),
    nMfcc,
    power,
    topDb,
  );
}

function checkLength(length: number, settings: MfccSettings): void {
  const { nFft, hopLength, nMels, nMfcc } = settings;
  // The textbook pads whatever is too short.
  const framing = settings.preset === "librosa"
    ? settings
    : resolveStftOptions({ nFft, hopLength });
  checkStftLength(length, framing, nMels + nMfcc);
}
