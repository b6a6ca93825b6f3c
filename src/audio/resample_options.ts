import { checkInteger, checkOption } from "./check_option.ts";
import { AudioOptionError } from "./errors.ts";

/** Settings of `resample`. */
export interface ResampleOptions {
  /** The samples' rate in Hz, a whole number. */
  readonly from: number;
  /** The rate wanted in Hz, a whole number. */
  readonly to: number;
  /**
   * Which filter keeps frequencies from which there is no place at the lower of the two rates.
   * See {@linkcode RESAMPLE_QUALITIES}. Default: `"high"`.
   */
  readonly quality?: ResampleQuality;
}

/** The names of the filters of `resample`. */
export type ResampleQuality = "high" | "fast";

/** What a filter of `resample` does to a tone, by its frequency as a part of the lower Nyquist rate. */
export interface ResampleFilter {
  /** Up to here a tone keeps its level, within `ripple`. */
  readonly passBand: number;
  /** Greatest change of level in the pass band, in dB. */
  readonly ripple: number;
  /** From the lower Nyquist rate on a tone (and its aliases) is weaker by at least this, in dB. */
  readonly stopBand: number;
}

/**
 * The filters of `resample`: sincs under a Kaiser window, of linear phase and without delay. Tests hold
 * them to these figures. Between pass band and Nyquist rate the level falls; halfway it is -6 dB.
 * `"high"` has the bands of soxr's `soxr_hq`, librosa's default, so that what lies between them is like it too.
 */
export const RESAMPLE_QUALITIES: Readonly<Record<ResampleQuality, ResampleFilter>> = {
  high: { passBand: 0.9136, ripple: 0.0002, stopBand: 115 },
  fast: { passBand: 0.8, ripple: 0.002, stopBand: 80 },
};

/**
 * The attenuation that each filter is designed for, in dB. The formulas are estimates, and single precision
 * adds its own noise: so much makes the stop band what it is said to be.
 */
const DESIGNED: Readonly<Record<ResampleQuality, number>> = { high: 130, fast: 82 };

/** A change of sample rate as the core needs it. */
export interface ResampleSettings {
  /** The new rate, divided by the common factors of both. */
  readonly up: number;
  /** The old rate, likewise. */
  readonly down: number;
  /** Input samples on either side of an output that it depends on: a multiple of 4. */
  readonly reach: number;
  /** The filter's 6-dB point as a part of half the old rate. */
  readonly cutoff: number;
  /** The Kaiser window's shape. */
  readonly beta: number;
}

const HIGHEST_RATE = 2 ** 24;
/** One weight is 4 bytes: 32 MB. */
const MAX_WEIGHTS = 2 ** 23;

/**
 * Designs the filter (J. Kaiser, IEEE ISCAS, 1974): a window of 2 reach samples reaches A dB with a
 * transition of (A - 7.95) / (2.285 x 2 reach) radians a sample, and beta = 0.1102 (A - 8.7).
 *
 * @example
 * ```ts
 * import { resolveResampleOptions } from "./resample_options.ts";
 * import assert from "node:assert/strict";
 *
 * const { up, down, reach } = resolveResampleOptions({ from: 44100, to: 8000 });
 * assert.deepEqual([up, down, reach], [80, 441, 544]);
 * ```
 *
 * @throws {AudioOptionError} If a rate is not a whole number of Hz from 1 to 2^24, the filters of this
 * ratio would take more than 32 MB, or there is no such quality.
 */
export function resolveResampleOptions(options: ResampleOptions): ResampleSettings {
  const { from, to, quality = "high" } = options;
  checkInteger("from", from, 1, HIGHEST_RATE);
  checkInteger("to", to, 1, HIGHEST_RATE);
  const names = Object.keys(RESAMPLE_QUALITIES).map((name) => `"${name}"`).join(" or ");
  checkOption("quality", quality, Object.hasOwn(RESAMPLE_QUALITIES, quality), names);
  const divisor = greatestCommonDivisor(from, to);
  const up = to / divisor, down = from / divisor;
  const { passBand } = RESAMPLE_QUALITIES[quality];
  const attenuation = DESIGNED[quality];
  const nyquist = Math.min(1, up / down);
  const transition = Math.PI * nyquist * (1 - passBand);
  const reach = 4 * Math.ceil((attenuation - 7.95) / (2.285 * transition) / 8);
  if (2 * reach * up > MAX_WEIGHTS) {
    throw new AudioOptionError("to", to, `a rate with simpler ratio to ${from}, now ${up}:${down}`);
  }
  return {
    up,
    down,
    reach,
    cutoff: nyquist * (1 + passBand) / 2,
    beta: 0.1102 * (attenuation - 8.7),
  };
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b > 0) [a, b] = [b, a % b];
  return a;
}

/** A rate may be taken for another one that differs by less than this part: clocks are no better. */
const SAME_RATE = 1e-4;

/**
 * The rate that stands for `from` where its ratio to `to` is so awkward that the filters would take too much
 * memory (96001 to 8000): the nearest one, within 100 parts in a million, whose ratio is not. Elsewhere
 * `from` itself.
 *
 * @example
 * ```ts
 * import { nearbyRate } from "./resample_options.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(nearbyRate(44100, 8000), 44100);
 * assert.equal(nearbyRate(96001, 8000), 96000);
 * ```
 *
 * @throws {AudioOptionError} If a rate is impossible.
 */
export function nearbyRate(from: number, to: number): number {
  const most = Math.floor(from * SAME_RATE);
  for (let offset = 0;; offset = offset < 0 ? -offset : -1 - offset) {
    try {
      resolveResampleOptions({ from: from + offset, to });
      return from + offset;
    } catch (error) {
      if (!(error instanceof AudioOptionError) || Math.abs(offset) > most) throw error;
    }
  }
}
