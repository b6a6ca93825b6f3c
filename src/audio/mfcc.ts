import { checkSamples } from "./check_samples.ts";
import type { Dsp, DspExports } from "./dsp.ts";
import { AudioInputError } from "./errors.ts";
import { type MfccOptions, type MfccSettings, resolveMfccOptions } from "./mfcc_options.ts";

/** Mel-frequency cepstral coefficients of one clip. */
export interface Mfcc {
  /** The coefficients, [nMfcc, nFrames] row by row: first coefficient 0 of every frame. */
  readonly data: Float32Array<ArrayBuffer>;
  /** Number of coefficients (rows). */
  readonly nMfcc: number;
  /** Number of frames (columns). */
  readonly nFrames: number;
}

/**
 * Mel-frequency cepstral coefficients of mono samples, by one of two definitions: librosa's (the
 * default) or the textbook's. See {@linkcode LibrosaMfccOptions} and {@linkcode TextbookMfccOptions}
 * for what each computes and its defaults. Samples are usually within -1 and 1; any other scale only
 * shifts coefficient 0, and with it librosa's fixed threshold of silence.
 *
 * Everything is computed in f32 from tables made in f64. Tests hold the values within 2e-3 of
 * librosa 0.11 and of python_speech_features 0.6.
 *
 * @example
 * ```ts
 * import { loadDsp } from "./load_dsp.ts";
 * import { mfcc } from "./mfcc.ts";
 * import assert from "node:assert/strict";
 *
 * const dsp = await loadDsp();
 * const tone = Float32Array.from({ length: 32000 }, (_, t) => Math.sin(0.3 * t));
 * const { data, nMfcc, nFrames } = mfcc(dsp, tone, { sampleRate: 8000 });
 * assert.deepEqual([nMfcc, nFrames, data.length], [40, 63, 2520]);
 *
 * const textbook = mfcc(dsp, tone, { sampleRate: 8000, preset: "textbook" });
 * assert.deepEqual([textbook.nMfcc, textbook.nFrames], [13, 399]);
 * ```
 *
 * @throws {AudioInputError} If there are no samples, too many, or one is not a usable number.
 * @throws {AudioOptionError} If an option is impossible, alone or beside the others.
 */
export function mfcc(dsp: Dsp, samples: Float32Array, options: MfccOptions): Mfcc {
  const settings = resolveMfccOptions(options);
  checkSamples(samples);
  checkLength(samples.length, settings);
  const plan = dsp.plan(JSON.stringify(["mfcc", settings]), (wasm) => createPlan(wasm, settings));
  const { nMfcc } = settings;
  const data = dsp.run(samples, (wasm, at) => ({
    at: wasm.runMfcc(plan, at, samples.length),
    length: nMfcc * wasm.mfccFrames(plan, samples.length),
  }));
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
