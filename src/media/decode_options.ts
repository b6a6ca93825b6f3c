import type { TakeFrames } from "./tracks/frame_relay.ts";
import type { TakeSamples } from "./tracks/sound_intake.ts";

/** What to make of a clip. The defaults are the tutorial's: 120 frames of 227 x 128 and 32000 samples. */
export interface DecodeOptions {
  /** Length of the window from the start of the clip, in seconds. Default: 4. */
  readonly seconds?: number;
  /** Frames a second; frames of the clip are repeated or left out to reach it. Default: 30. */
  readonly fps?: number;
  /** Width of the frames in pixels; the picture as it is shown is stretched to it. Default: 227. */
  readonly width?: number;
  /** Height of the frames in pixels; the picture as it is shown is stretched to it. Default: 128. */
  readonly height?: number;
  /** Samples a second. Default: 8000. */
  readonly sampleRate?: number;
  /** Whether to decode the picture; a clip without one is then an error. Default: true. */
  readonly picture?: boolean;
  /** Whether to decode the sound; a clip without it is then an error. Default: true. */
  readonly sound?: boolean;
  /**
   * Whether a clip of which one track cannot be decoded gives the other: `problems` then tells why the one
   * is missing. Default: false, it is an error.
   */
  readonly partial?: boolean;
  /**
   * Takes the frames, [count, height, width, 3], in the order of time while they are decoded; `frames` of
   * the result is then empty. While it is pending no more are decoded, so that a film of any length needs
   * the memory of a few frames. What it throws ends the work. Default: all frames are gathered.
   */
  readonly onFrames?: TakeFrames;
  /**
   * Takes the samples in the order of time while they are decoded, as they are in the file: what is beyond full scale
   * is not brought to it; `samples` of the result is then empty. So sound of any length needs the memory of a moment.
   * Of several tracks the first that can be decoded is taken. Default: all samples are gathered.
   */
  readonly onSamples?: TakeSamples;
  /** Told how many seconds of the clip are decoded, again and again. Default: nobody is told. */
  readonly onProgress?: (seconds: number) => void;
}

/** {@linkcode DecodeOptions} with every default filled in, and what follows from them. */
export interface DecodeWindow
  extends Required<Omit<DecodeOptions, "onProgress" | "onFrames" | "onSamples">> {
  /** Frames in a full window: `seconds * fps`. */
  readonly frameCount: number;
  /** Bytes of one frame: `height * width * 3`. */
  readonly frameBytes: number;
  /** Samples in a full window: `seconds * sampleRate`. */
  readonly sampleCount: number;
}

/** The largest value of each number: generous, up to a recording of six hours. */
const LIMITS = {
  seconds: 21_600,
  fps: 240,
  width: 4096,
  height: 4096,
  sampleRate: 192_000,
} as const;
/** The most that one clip's arrays may take, in bytes. */
const MAX_BYTES = 2 ** 31;

/**
 * Fills in the defaults and checks the values.
 *
 * @example
 * ```ts
 * import { decodeWindow } from "./decode_options.ts";
 * import assert from "node:assert/strict";
 *
 * const window = decodeWindow({ seconds: 3 });
 * assert.equal(window.frameCount, 90);
 * assert.equal(window.sampleCount, 24000);
 * ```
 *
 * @throws {RangeError} If a number is out of range, or the window of frames or samples would exceed 2 GB.
 */
export function decodeWindow(options: DecodeOptions = {}): DecodeWindow {
  const { seconds = 4, fps = 30, width = 227, height = 128, sampleRate = 8000 } = options;
  const numbers = { seconds, fps, width, height, sampleRate };
  for (const name of Object.keys(numbers) as (keyof typeof numbers)[]) {
    const value = numbers[name];
    const whole = name === "seconds" || name === "fps" || Number.isInteger(value);
    if (!(value > 0 && value <= LIMITS[name]) || !whole) {
      throw new RangeError(
        `${name} is ${value}; allowed: ${
          whole ? "a number above 0" : "a whole number from 1"
        } up to ${LIMITS[name]}`,
      );
    }
  }
  const frameCount = Math.round(seconds * fps);
  const frameBytes = width * height * 3;
  const sampleCount = Math.round(seconds * sampleRate);
  if (frameCount < 1 || sampleCount < 1) {
    throw new RangeError(`seconds is ${seconds}: too short for one frame and one sample`);
  }
  const { picture = true, sound = true, partial = false } = options;
  if (picture && frameCount * frameBytes > MAX_BYTES && !options.onFrames) {
    throw new RangeError(
      `${frameCount} frames of ${width} x ${height} exceed 2 GB; choose a smaller or shorter window`,
    );
  }
  if (sound && 4 * sampleCount > MAX_BYTES && !options.onSamples) {
    throw new RangeError(
      `${sampleCount} samples exceed 2 GB; choose a shorter window or a lower rate`,
    );
  }
  return {
    ...numbers,
    picture,
    sound,
    partial,
    frameCount,
    frameBytes,
    sampleCount,
  };
}
