import { checkSamples } from "./check_samples.ts";
import type { Dsp, DspExports } from "./dsp.ts";
import { AudioInputError } from "./errors.ts";
import type { MfccSettings } from "./mfcc_options.ts";

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

function createPlan(wasm: DspExports, settings: MfccSettings): number {
  const { sampleRate, nFft, winLength, hopLength, nMels, fMin, fMax, nMfcc } = settings;
  const common = [sampleRate, nFft, winLength, hopLength, nMels, fMin, fMax, nMfcc] as const;
  return settings.preset === "librosa"
    ? wasm.createLibrosaMfcc(...common, settings.topDb)
    : wasm.createTextbookMfcc(...common, settings.preEmphasis);
}

/** The core counts bytes in 32 bits: half of what that reaches, for all arrays of one call. */
const MAX_BYTES = 2 ** 31;

function checkLength(length: number, settings: MfccSettings): void {
  const { nFft, hopLength, nMels, nMfcc } = settings;
  const frames = length / hopLength + 8;
  const bytes = 4 * (2 * length + hopLength + nFft + frames * (nMels + nMfcc));
  if (bytes > MAX_BYTES) {
    throw new AudioInputError(
      `${length} samples, a frame every ${hopLength}, are too many for one call: cut them into parts`,
    );
  }
}
