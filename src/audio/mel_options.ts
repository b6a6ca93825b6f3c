import { checkInteger, checkNumber } from "./check_option.ts";
import type { DspExports } from "./dsp_exports.ts";
import { checkName } from "./stft_options.ts";

/**
 * A scale of pitch: `"slaney"`, linear up to 1 kHz and logarithmic above (Auditory Toolbox), or `"htk"`,
 * 2595 log10(1 + f / 700).
 */
export type MelScale = "slaney" | "htk";

/**
 * The height of mel filters: `"slaney"` gives all the same area, 2 / (upper edge - lower edge), `"none"`
 * the height 1.
 */
export type MelNorm = "slaney" | "none";

/** Mel filters; names and meaning are those of `librosa.filters.mel`, but for `scale`. */
export interface MelOptions {
  /** Samples a second, in Hz. */
  readonly sampleRate: number;
  /**
   * Number of filters, at most 512. As in librosa, filters narrower than the distance of two bins may be
   * empty: their rows are 0. Default: 128.
   */
  readonly nMels?: number;
  /** Lower edge of the lowest filter in Hz. Default: 0. */
  readonly fMin?: number;
  /** Upper edge of the highest filter in Hz. Default: half of `sampleRate`, which is also the most. */
  readonly fMax?: number;
  /** The scale on which the filters are equally spaced; librosa's `htk`. Default: `"slaney"`. */
  readonly scale?: MelScale;
  /** The height of the filters. Default: `"slaney"`. */
  readonly norm?: MelNorm;
}

/** {@linkcode MelOptions} with every default filled in. */
export type MelSettings = Required<MelOptions>;

const SCALES: Readonly<Record<MelScale, boolean>> = { slaney: false, htk: true };
const NORMS: Readonly<Record<MelNorm, boolean>> = { slaney: true, none: false };
const MAX_MELS = 512;

/**
 * Fills in the defaults. `normOption` is the name under which the caller knows `norm`.
 *
 * @example
 * ```ts
 * import { resolveMelOptions } from "./mel_options.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(resolveMelOptions({ sampleRate: 8000 }).fMax, 4000);
 * ```
 *
 * @throws {AudioOptionError} If a value is impossible, alone or beside the others.
 */
export function resolveMelOptions(options: MelOptions, normOption = "norm"): MelSettings {
  const { sampleRate } = options;
  checkSampleRate(sampleRate);
  const { nMels = 128, fMin = 0, fMax = sampleRate / 2, scale = "slaney", norm = "slaney" } =
    options;
  checkInteger("nMels", nMels, 1, MAX_MELS);
  checkNumber("fMin", fMin, fMin >= 0 && fMin < fMax, `at least 0 and less than fMax, ${fMax}`);
  const nyquist = sampleRate / 2;
  checkNumber("fMax", fMax, fMax <= nyquist, `at most half of sampleRate, ${nyquist}`);
  checkName("scale", scale, SCALES);
  checkName(normOption, norm, NORMS);
  return { sampleRate, nMels, fMin, fMax, scale, norm };
}

/**
 * Makes sure that a sample rate is one.
 *
 * @throws {AudioOptionError} If it is not a positive number.
 */
export function checkSampleRate(sampleRate: number): void {
  const valid = sampleRate > 0 && sampleRate < Infinity;
  checkNumber("sampleRate", sampleRate, valid, "positive");
}

/** The arguments of the core's `createMelBank`. */
export function melArguments(
  settings: MelSettings,
  nFft: number,
): Parameters<DspExports["createMelBank"]> {
  const { sampleRate, nMels, fMin, fMax, scale, norm } = settings;
  return [sampleRate, nFft, nMels, fMin, fMax, SCALES[scale], NORMS[norm]];
}
