import type { Dsp } from "./dsp.ts";
import { type MfccOptions, resolveMfccOptions } from "./mfcc_options.ts";
import { computeMfcc, type Mfcc, mfccPlan } from "./mfcc_plan.ts";

export type { Mfcc };

/**
 * Mel-frequency cepstral coefficients of mono samples, by one of two definitions: librosa's (the
 * default) or the textbook's. See {@linkcode LibrosaMfccOptions} and {@linkcode TextbookMfccOptions}
 * for what each computes and its defaults. Samples are usually within -1 and 1; any other scale only
 * shifts coefficient 0, and with it librosa's fixed threshold of silence.
 *
 * Spectra are computed in single precision, from tables made in double, or in double precision where the
 * range of power that counts, librosa's `topDb`, exceeds 80 dB. Tests hold the values within 2e-3 of
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
  return computeMfcc(dsp, samples, settings, mfccPlan(settings));
}
