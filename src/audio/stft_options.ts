import { checkBoolean, checkInteger, checkOption } from "./check_option.ts";
import type { DspExports } from "./dsp_exports.ts";
import { AudioInputError } from "./errors.ts";

/**
 * A window by which frames are multiplied, of the periodic kind: `"hann"` 0.5 - 0.5 cos(2 pi t / n),
 * `"hamming"` 0.54 - 0.46 cos(2 pi t / n), `"blackman"` 0.42 - 0.5 cos(2 pi t / n) +
 * 0.08 cos(4 pi t / n), `"rectangular"` 1.
 */
export type WindowName = "hann" | "hamming" | "blackman" | "rectangular";

/** What stands beyond the ends of the signal: zeros, or the signal mirrored about its end samples. */
export type StftPadMode = "constant" | "reflect";

/** How a signal is cut into frames and transformed; names and meaning are those of `librosa.stft`. */
export interface StftOptions {
  /** Samples of the Fourier transform: a power of two from 64 to 8192. Default: 2048. */
  readonly nFft?: number;
  /**
   * Samples from one frame to the next, from 1 to 2^24. Default: a quarter of `winLength` for `stft`
   * and `spectrogram`, 512 for all other features.
   */
  readonly hopLength?: number;
  /**
   * Samples of the window, from 2 to `nFft`; zeros stand on both sides of a shorter one. Default:
   * `nFft`.
   */
  readonly winLength?: number;
  /** The window. Default: `"hann"`. */
  readonly window?: WindowName;
  /**
   * Whether frame t is centred on sample t x `hopLength`, with `nFft` / 2 samples added at either end,
   * or begins there. Default: `true`.
   */
  readonly center?: boolean;
  /** What is added at the ends if `center`. Default: `"constant"`. */
  readonly padMode?: StftPadMode;
}

/** {@linkcode StftOptions} with every default filled in. */
export type StftSettings = Required<StftOptions>;

const MIN_FFT = 64;
const MAX_FFT = 8192;

/** The core's numbers: dsp-as/dsp/window.ts. */
const WINDOWS: Readonly<Record<WindowName, number>> = {
  hann: 0,
  hamming: 1,
  blackman: 2,
  rectangular: 3,
};
/** The core's numbers: dsp-as/dsp/extend.ts. */
const PAD_MODES: Readonly<Record<StftPadMode, number>> = { constant: 0, reflect: 1 };
const NOT_CENTRED = -1;

/**
 * Fills in the defaults; that of `hopLength` is `defaultHop`, or a quarter of the window.
 *
 * @example
 * ```ts
 * import { resolveStftOptions } from "./stft_options.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(resolveStftOptions({ winLength: 400, nFft: 512 }).hopLength, 100);
 * ```
 *
 * @throws {AudioOptionError} If a value is impossible, alone or beside the others.
 */
export function resolveStftOptions(options: StftOptions, defaultHop?: number): StftSettings {
  const {
    nFft = 2048,
    winLength = nFft,
    hopLength = defaultHop ?? Math.floor(winLength / 4),
    window = "hann",
    center = true,
    padMode = "constant",
  } = options;
  checkInteger("nFft", nFft, MIN_FFT, MAX_FFT);
  checkOption("nFft", nFft, (nFft & (nFft - 1)) === 0, "a power of two");
  const fits = Number.isInteger(winLength) && winLength >= 2 && winLength <= nFft;
  checkOption("winLength", winLength, fits, `a whole number from 2 to nFft, ${nFft}`);
  checkInteger("hopLength", hopLength, 1, 2 ** 24);
  checkName("window", window, WINDOWS);
  checkBoolean("center", center);
  checkName("padMode", padMode, PAD_MODES);
  return { nFft, hopLength, winLength, window, center, padMode };
}

/** As {@linkcode checkOption}, of a name that must be a key of `names`. */
export function checkName(option: string, value: string, names: object): void {
  const allowed = Object.keys(names).map((name) => `"${name}"`).join(" or ");
  checkOption(option, value, typeof value === "string" && Object.hasOwn(names, value), allowed);
}

/**
 * Makes sure that the exponent of a spectrum is 1, for its magnitude, or 2, for its power.
 *
 * @throws {AudioOptionError} If it is not.
 */
export function checkPower(power: number): void {
  checkOption("power", power, power === 1 || power === 2, "1 or 2");
}

/** The arguments of the core's `createStft` and `createStft64`. */
export function stftArguments(settings: StftSettings): Parameters<DspExports["createStft"]> {
  const { nFft, winLength, hopLength, window, center, padMode } = settings;
  return [
    nFft,
    winLength,
    hopLength,
    WINDOWS[window],
    center ? PAD_MODES[padMode] : NOT_CENTRED,
  ];
}

/** The core counts bytes in 32 bits: half of what that reaches, for all arrays of one call. */
const MAX_BYTES = 2 ** 31;

/**
 * Makes sure that `length` samples have at least one frame, and that a feature of `rows` numbers a frame
 * fits the core's memory.
 *
 * @throws {AudioInputError} If not.
 */
export function checkStftLength(length: number, settings: StftSettings, rows: number): void {
  const { nFft, hopLength, center } = settings;
  if (!center && length < nFft) {
    throw new AudioInputError(
      `${length} samples are too few for one frame of ${nFft}: use a smaller nFft, or center`,
    );
  }
  const bytes = 4 * (2 * length + hopLength + nFft + (length / hopLength + 8) * rows);
  if (bytes > MAX_BYTES) {
    throw new AudioInputError(
      `${length} samples, a frame every ${hopLength}, are too many for one call: cut them into parts`,
    );
  }
}
