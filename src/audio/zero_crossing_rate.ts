import { checkBoolean, checkNumber } from "./check_option.ts";
import { checkSamples } from "./check_samples.ts";
import type { Dsp } from "./dsp.ts";
import { type FrameValues, type FramingOptions, layFrames } from "./framing.ts";

/** Settings of {@linkcode zeroCrossingRate}. */
export interface ZeroCrossingRateOptions extends FramingOptions {
  /** Samples from -threshold to threshold count as zero. Default: 1e-10. */
  readonly threshold?: number;
  /**
   * Whether zero counts as positive. If not, it is a sign of its own: a step from or to zero is a
   * crossing too. Default: `true`.
   */
  readonly zeroPos?: boolean;
  /** Whether the first sample of each frame counts as a crossing. Default: `false`. */
  readonly pad?: boolean;
}

/**
 * The share of samples in each frame, from 0 to 1, whose sign differs from that of the sample before
 * them in the frame; as `librosa.feature.zero_crossing_rate`. Centred frames repeat the first and the
 * last sample beyond the ends. Times the sample rate, half of it is the frequency of a tone. The result
 * has the shape [nFrames].
 *
 * @example
 * ```ts
 * import { loadDsp } from "./load_dsp.ts";
 * import { zeroCrossingRate } from "./zero_crossing_rate.ts";
 * import assert from "node:assert/strict";
 *
 * const tone = Float32Array.from({ length: 8000 }, (_, t) => Math.cos(2 * Math.PI * t / 16));
 * const { data } = zeroCrossingRate(await loadDsp(), tone);
 * assert.equal(data[8], 2 / 16);
 * ```
 *
 * @throws {AudioInputError} If there are no samples, too few for one frame, too many, or one is not a
 * usable number.
 * @throws {AudioOptionError} If an option is impossible.
 */
export function zeroCrossingRate(
  dsp: Dsp,
  samples: Float32Array,
  options: ZeroCrossingRateOptions = {},
): FrameValues {
  const { threshold = 1e-10, zeroPos = true, pad: first = false } = options;
  checkNumber(
    "threshold",
    threshold,
    threshold >= 0 && threshold < Infinity,
    "0 or more and finite",
  );
  checkBoolean("zeroPos", zeroPos);
  checkBoolean("pad", first);
  checkSamples(samples);
  const { frameLength, hopLength, pad, nFrames } = layFrames(samples.length, options);
  const data = dsp.run(samples, (wasm, x) => ({
    at: wasm.runZeroCrossingRate(
      x,
      samples.length,
      pad,
      frameLength,
      hopLength,
      nFrames,
      threshold,
      Number(zeroPos),
      Number(first),
    ),
    length: nFrames,
  }));
  return { data, nFrames };
}
