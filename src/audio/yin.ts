import { checkInteger, checkNumber } from "./check_option.ts";
import { checkSamples } from "./check_samples.ts";
import type { Dsp } from "./dsp.ts";
import { type Extension, extensionNumber } from "./extension.ts";
import { type FrameValues, type FramingOptions, layFrames } from "./framing.ts";

/** Settings of {@linkcode yin}; only the first three have no default. */
export interface YinOptions extends FramingOptions {
  /** Samples a second, in Hz. */
  readonly sampleRate: number;
  /** Lowest frequency searched, in Hz: more than `sampleRate` / (`frameLength` - 1). */
  readonly fMin: number;
  /** Highest frequency searched, in Hz: at most half of `sampleRate`. */
  readonly fMax: number;
  /** Samples a frame, at most 65536: two periods of `fMin` or more. Default: 2048. */
  readonly frameLength?: number;
  /** Samples from one frame to the next. Default: a quarter of `frameLength`. */
  readonly hopLength?: number;
  /** The first trough of the normalised difference below this is the period. Default: 0.1. */
  readonly troughThreshold?: number;
  /** What is added beyond the ends if frames are centred. Default: `"constant"`, zeros. */
  readonly padMode?: Extension;
}

/** Fundamental frequencies, and how sure they are. */
export interface YinValues extends FrameValues {
  /**
   * How far each frame is from repeating itself after its period, [nFrames]: the normalised difference
   * there, 0 for a periodic frame, near 1 for noise. Exact silence has 0: judge it by its level.
   */
  readonly aperiodicity: Float32Array<ArrayBuffer>;
}

/**
 * Fundamental frequency of each frame in Hz, [nFrames], by YIN (A. de Cheveigne and H. Kawahara, J.
 * Acoust. Soc. Am. 111(4), 2002); as `librosa.yin` of librosa 0.11, whose `win_length` has no effect and
 * is left out. The period searched is the first trough of the normalised difference below
 * `troughThreshold`, or else its least value, and is refined by a parabola. Every frame has a frequency,
 * also where nothing is periodic, which `aperiodicity` tells and librosa does not; silence has
 * `sampleRate` / floor(`sampleRate` / `fMax`).
 *
 * Computed in double precision. Where several lags are equally good (to 1e-9), as in a frame with a
 * single click, the shortest is taken; librosa leaves that choice to rounding.
 *
 * @example
 * ```ts
 * import { loadDsp } from "./load_dsp.ts";
 * import { yin } from "./yin.ts";
 * import assert from "node:assert/strict";
 *
 * const rate = 8000;
 * const tone = Float32Array.from({ length: rate }, (_, t) => Math.sin(2 * Math.PI * 220 * t / rate));
 * const options = { sampleRate: rate, fMin: 60, fMax: 500 };
 * const { data, aperiodicity } = yin(await loadDsp(), tone, options);
 * assert.ok(Math.abs(data[8] - 220) < 0.5);
 * assert.ok(aperiodicity[8] < 0.05);
 * ```
 *
 * @throws {AudioInputError} If there are no samples, too few for one frame, too many, or one is not a
 * usable number.
 * @throws {AudioOptionError} If an option is impossible, alone or beside the others.
 */
export function yin(dsp: Dsp, samples: Float32Array, options: YinOptions): YinValues {
  const { sampleRate, fMin, fMax, frameLength = 2048, troughThreshold = 0.1 } = options;
  checkNumber(
    "sampleRate",
    sampleRate,
    sampleRate > 0 && sampleRate < Infinity,
    "positive and finite",
  );
  checkInteger("frameLength", frameLength, 4, 65536);
  const nyquist = sampleRate / 2;
  checkNumber("fMax", fMax, fMax > 0 && fMax <= nyquist, `at most half of sampleRate, ${nyquist}`);
  const lowest = sampleRate / (frameLength - 1);
  checkNumber("fMin", fMin, fMin < fMax, `less than fMax, ${fMax}`);
  checkNumber(
    "fMin",
    fMin,
    fMin > lowest,
    `more than ${lowest}, of which a period fits into a frame of ${frameLength}`,
  );
  checkNumber("troughThreshold", troughThreshold, troughThreshold > 0, "more than 0");
  const mode = extensionNumber(options.padMode ?? "constant");
  checkSamples(samples);
  const { hopLength = Math.max(1, Math.floor(frameLength / 4)), center } = options;
  const { pad, nFrames } = layFrames(samples.length, { frameLength, hopLength, center });

  const minPeriod = Math.floor(sampleRate / fMax);
  const maxPeriod = Math.min(Math.ceil(sampleRate / fMin), frameLength - 1);
  const nFft = 2 ** Math.ceil(Math.log2(frameLength + maxPeriod));
  const plan = dsp.plan(
    `yin ${frameLength} ${minPeriod} ${maxPeriod} ${troughThreshold}`,
    (wasm) => wasm.createYin(nFft, frameLength, minPeriod, maxPeriod, troughThreshold),
  );
  const both = dsp.run(samples, (wasm, x) => ({
    at: wasm.runYin(plan, x, samples.length, pad, mode, hopLength, nFrames, sampleRate),
    length: 2 * nFrames,
  }));
  return { data: both.slice(0, nFrames), aperiodicity: both.slice(nFrames), nFrames };
}
