import { type DecodeOptions, decodeWindow } from "./decode_options.ts";

/**
 * Brings `frames` [n, height, width, 3] to exactly `seconds * fps` frames: the last frame is repeated,
 * or what lies beyond the window is cut. Returns `frames` itself where nothing has to be done.
 *
 * @example
 * ```ts
 * import { padFrames } from "./pad.ts";
 * import assert from "node:assert/strict";
 *
 * const onePixel = new Uint8Array([1, 2, 3, 7, 8, 9]);
 * const padded = padFrames(onePixel, { seconds: 1, fps: 4, width: 1, height: 1 });
 * assert.deepEqual([...padded], [1, 2, 3, 7, 8, 9, 7, 8, 9, 7, 8, 9]);
 * ```
 *
 * @throws {RangeError} If `frames` is empty or not a whole number of frames, or an option is out of range.
 */
export function padFrames(frames: Uint8Array, options: DecodeOptions = {}): Uint8Array {
  const { frameBytes, frameCount, width, height } = decodeWindow(options);
  if (frames.length === 0) {
    throw new RangeError("there is no frame to repeat: the clip was decoded without its picture");
  }
  if (frames.length % frameBytes !== 0) {
    throw new RangeError(
      `${frames.length} bytes are not a whole number of ${width} x ${height} RGB frames`,
    );
  }
  const wanted = frameCount * frameBytes;
  if (frames.length === wanted) return frames;
  if (frames.length > wanted) return frames.slice(0, wanted);
  const padded = new Uint8Array(wanted);
  padded.set(frames);
  const last = frames.subarray(frames.length - frameBytes);
  for (let at = frames.length; at < wanted; at += frameBytes) padded.set(last, at);
  return padded;
}

/**
 * Brings `samples` to exactly `seconds * sampleRate` values: zeros are appended, or what lies beyond
 * the window is cut. Returns `samples` itself where nothing has to be done.
 *
 * @example
 * ```ts
 * import { padSamples } from "./pad.ts";
 * import assert from "node:assert/strict";
 *
 * const padded = padSamples(new Float32Array([0.5]), { seconds: 1, sampleRate: 3 });
 * assert.deepEqual([...padded], [0.5, 0, 0]);
 * ```
 *
 * @throws {RangeError} If an option is out of range.
 */
export function padSamples(samples: Float32Array, options: DecodeOptions = {}): Float32Array {
  const { sampleCount } = decodeWindow(options);
  if (samples.length === sampleCount) return samples;
  const padded = new Float32Array(sampleCount);
  padded.set(samples.subarray(0, sampleCount));
  return padded;
}
