import type { Dsp } from "./dsp.ts";
import { rms, type RmsOptions } from "./rms.ts";

/** The level of digital silence, in dB. */
const LEAST_LEVEL = -100;
/** Frames further below the loudest than this, in dB, are silence. */
const SILENCE = 30;

/** Where a recording has sound. */
export interface ActiveFrames {
  /** Level of each frame in dB: 0 for a root mean square of 1, -100 for silence and below, [nFrames]. */
  readonly level: Float32Array<ArrayBuffer>;
  /** Whether each frame is within 30 dB of the loudest, [nFrames]. */
  readonly loud: readonly boolean[];
  /** The first loud frame and the one after the last. */
  readonly active: readonly [from: number, to: number];
}

/**
 * The frames of a recording from its first sound to its last. In digital silence all frames are as loud as
 * the loudest, and none is left out.
 *
 * @throws {AudioInputError} If there are no samples, too many, or one is not a usable number.
 * @throws {AudioOptionError} If an option is impossible.
 */
export function activeFrames(dsp: Dsp, samples: Float32Array, options: RmsOptions): ActiveFrames {
  const level = rms(dsp, samples, options).data.map((value) =>
    Math.max(LEAST_LEVEL, 20 * Math.log10(value))
  );
  const loudest = level.reduce((a, b) => Math.max(a, b), LEAST_LEVEL);
  const loud = Array.from(level, (value) => value >= loudest - SILENCE);
  return { level, loud, active: [loud.indexOf(true), loud.lastIndexOf(true) + 1] };
}
