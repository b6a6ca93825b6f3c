import { checkBoolean, checkInteger } from "./check_option.ts";
import { AudioInputError } from "./errors.ts";

/** How a signal is cut into frames. */
export interface FramingOptions {
  /** Samples a frame, at most 65536. Default: 2048. */
  readonly frameLength?: number;
  /** Samples from one frame to the next. Default: 512. */
  readonly hopLength?: number;
  /**
   * Whether frame t is centred on sample t x `hopLength`, with `frameLength` / 2 samples (rounded down)
   * added at either end, or begins there. Default: `true`.
   */
  readonly center?: boolean;
}

/** A sequence of numbers, one a frame. */
export interface FrameValues {
  /** The values, [nFrames]. */
  readonly data: Float32Array<ArrayBuffer>;
  /** Number of frames. */
  readonly nFrames: number;
}

/** Where the frames of one signal lie. */
export interface Framing {
  /** Samples a frame. */
  readonly frameLength: number;
  /** Samples from one frame to the next. */
  readonly hopLength: number;
  /** Samples added at either end. */
  readonly pad: number;
  /** Number of whole frames. */
  readonly nFrames: number;
}

/** The core counts bytes in 32 bits: half of what that reaches, for all arrays of one call. */
const MAX_BYTES = 2 ** 31;
/** The samples, the samples padded, and two more numbers for each of those. */
const BYTES_A_SAMPLE = 16;

/**
 * The frames of `length` samples, as `librosa.util.frame` lays them: whole frames only.
 *
 * @example
 * ```ts
 * import { layFrames } from "./framing.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(layFrames(32000, {}).nFrames, 63);
 * assert.equal(layFrames(32000, { center: false }).nFrames, 59);
 * ```
 *
 * @throws {AudioInputError} If not even one frame fits, or there are too many samples for one call.
 * @throws {AudioOptionError} If an option is impossible.
 */
export function layFrames(length: number, options: FramingOptions): Framing {
  const { frameLength = 2048, hopLength = 512, center = true } = options;
  checkInteger("frameLength", frameLength, 1, 65536);
  checkInteger("hopLength", hopLength, 1, 2 ** 24);
  checkBoolean("center", center);
  const pad = center ? Math.floor(frameLength / 2) : 0;
  const rest = length + 2 * pad - frameLength;
  if (rest < 0) {
    throw new AudioInputError(
      `${length} samples are too few for one frame of ${frameLength}: use a shorter frame` +
        (center ? "" : ", or center"),
    );
  }
  if ((length + 2 * pad) * BYTES_A_SAMPLE > MAX_BYTES) {
    throw new AudioInputError(`${length} samples are too many for one call: cut them into parts`);
  }
  return { frameLength, hopLength, pad, nFrames: 1 + Math.floor(rest / hopLength) };
}
