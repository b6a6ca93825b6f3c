import { SOUND_RATES, whyNoRate } from "../audio/sound_rates.ts";
import { LANDMARKS, type LandmarkTrack } from "../vision/landmarks/landmark_track.ts";
import type { EmbeddingInput, FrameInput, LandmarkInput } from "./clip_input.ts";
import { InputError } from "./input_error.ts";

/** Shorter sounds and pictures say nothing, in seconds. */
export const MIN_SECONDS = 0.5;

/** Limits of what is recognised in one call. */
export const INPUT_LIMITS = {
  /** Frames a second. */
  fps: [0.1, 240],
  /** Sides of a frame, in pixels. */
  side: [16, 4096],
  /** Length of a clip, in seconds. */
  seconds: 3600,
  /** Bytes of all frames. */
  bytes: 2 ** 31,
  /** Length of a stream's window, in seconds. */
  windowSeconds: [MIN_SECONDS, 60],
  /** Time between the starts of a stream's windows, in seconds. */
  hopSeconds: [0.02, 60],
} as const;

/**
 * Checks that samples are such, their number and their rate; what they hold is seen to where they are heard.
 *
 * @throws {InputError} If they are not what a recogniser takes.
 */
export function checkSound(
  samples: Float32Array,
  sampleRate: number | undefined,
): asserts sampleRate is number {
  if (!(samples instanceof Float32Array)) throw new InputError("samples must be a Float32Array");
  if (whyNoRate(sampleRate ?? NaN) !== undefined) {
    const [least, most] = SOUND_RATES;
    throw new InputError(
      `sampleRate is ${sampleRate}; allowed: a whole number from ${least} to ${most} Hz`,
    );
  }
  if (samples.length > INPUT_LIMITS.seconds * sampleRate!) {
    throw new InputError(
      `there are ${samples.length} samples; allowed: up to ${INPUT_LIMITS.seconds} seconds of them`,
    );
  }
}

/**
 * Checks frames, and gives them as RGB [n, height, width, 3].
 *
 * @throws {InputError} If they are not what a recogniser takes.
 */
export function rgbFrames({ data, n, height, width, channels = 3, fps }: FrameInput): Uint8Array {
  if (!(data instanceof Uint8Array || data instanceof Uint8ClampedArray)) {
    throw new InputError("frames.data must be a Uint8Array or a Uint8ClampedArray");
  }
  checkCount("frames", n);
  checkFps("frames", fps);
  const [least, most] = INPUT_LIMITS.side;
  for (const [name, side] of Object.entries({ height, width })) {
    if (!Number.isInteger(side) || side < least || side > most) {
      throw new InputError(
        `frames.${name} is ${side}; allowed: a whole number from ${least} to ${most} pixels`,
      );
    }
  }
  if (channels !== 3 && channels !== 4) {
    throw new InputError(`frames.channels is ${channels}; allowed: 3 (RGB) or 4 (RGBA)`);
  }
  const needed = n * height * width * channels;
  if (data.length !== needed) {
    throw new InputError(
      `frames of shape [${n}, ${height}, ${width}, ${channels}] need ${needed} values, ` +
        `got ${data.length}`,
    );
  }
  if (needed > INPUT_LIMITS.bytes) {
    throw new InputError(`${n} frames of ${width} x ${height} are more than 2 GB: cut the clip`);
  }
  checkLength("frames", n, fps);
  if (channels === 3) {
    return data instanceof Uint8Array
      ? data
      : new Uint8Array(data.buffer, data.byteOffset, data.length);
  }
  const rgb = new Uint8Array(n * height * width * 3);
  for (let from = 0, to = 0; from < data.length; from += 4) {
    rgb[to++] = data[from];
    rgb[to++] = data[from + 1];
    rgb[to++] = data[from + 2];
  }
  return rgb;
}

/**
 * Checks embeddings of `featureSize` numbers a frame.
 *
 * @throws {InputError} If they are not what the recogniser takes.
 */
export function checkEmbeddings({ data, n, fps }: EmbeddingInput, featureSize: number): void {
  if (!(data instanceof Float32Array)) {
    throw new InputError("embeddings.data must be a Float32Array");
  }
  checkCount("embeddings", n);
  checkFps("embeddings", fps);
  checkLength("embeddings", n, fps);
  if (data.length !== n * featureSize) {
    throw new InputError(
      `embeddings of ${n} frames need ${n} x ${featureSize} values, got ${data.length}`,
    );
  }
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new InputError(`embeddings.data[${bad}] is ${data[bad]}, not a finite number`);
  }
}

/**
 * Checks landmarks, and gives them as a track whose frames without a face are not filled yet.
 *
 * @throws {InputError} If they are not what a recogniser takes.
 */
export function checkLandmarks({ points, timestamps, found }: LandmarkInput): LandmarkTrack {
  if (!(points instanceof Float32Array)) {
    throw new InputError("landmarks.points must be a Float32Array");
  }
  if (!(timestamps instanceof Float64Array)) {
    throw new InputError("landmarks.timestamps must be a Float64Array");
  }
  const n = timestamps.length;
  if (points.length !== n * LANDMARKS * 2) {
    throw new InputError(
      `landmarks of ${n} frames need ${n} x ${LANDMARKS} x 2 values, got ${points.length}`,
    );
  }
  const flags = found ?? new Uint8Array(n).fill(1);
  if (!(flags instanceof Uint8Array) || flags.length !== n) {
    throw new InputError(`landmarks.found must be a Uint8Array of ${n} values`);
  }
  const wrong = timestamps.findIndex((time, i) =>
    !(i === 0 ? time >= 0 : time > timestamps[i - 1]) || !(time < INPUT_LIMITS.seconds)
  );
  if (wrong >= 0) {
    throw new InputError(
      `landmarks.timestamps[${wrong}] is ${
        timestamps[wrong]
      }; allowed: increasing times from 0 to ` +
        `${INPUT_LIMITS.seconds} seconds`,
    );
  }
  return { points, timestamps, found: flags };
}

function checkCount(what: string, n: number): void {
  if (!Number.isSafeInteger(n) || n < 0) {
    throw new InputError(`${what}.n is ${n}; allowed: a whole number of at least 0`);
  }
}

function checkFps(what: string, fps: number): void {
  const [least, most] = INPUT_LIMITS.fps;
  if (!(fps >= least && fps <= most)) {
    throw new InputError(`${what}.fps is ${fps}; allowed: a number from ${least} to ${most}`);
  }
}

function checkLength(what: string, n: number, fps: number): void {
  if (n > INPUT_LIMITS.seconds * fps) {
    throw new InputError(`there are ${n} ${what}; allowed: up to ${INPUT_LIMITS.seconds} seconds`);
  }
}
