/**
 * Statistics of a sequence of frames: the mean of each channel over all frames, then its deviation.
 * Where a frame has several places (the cells of a feature map), a channel's value in a frame is its
 * mean over them.
 *
 * @param data The frames [frames, places, channels], row by row.
 * @param featureSize Numbers a frame: places times channels.
 * @param channels Numbers a place.
 * @returns Means and (population) deviations [2 * channels].
 *
 * @throws {RangeError} If the sizes disagree or there is no frame.
 *
 * @example
 * ```ts
 * import { frameStatistics } from "./frame_statistics.ts";
 * import assert from "node:assert/strict";
 *
 * const twoFrames = Float32Array.of(1, 10, 3, 10);
 * assert.deepEqual(frameStatistics(twoFrames, 2, 2), Float32Array.of(2, 10, 1, 0));
 * ```
 */
export function frameStatistics(
  data: Float32Array,
  featureSize: number,
  channels: number,
): Float32Array {
  const frames = data.length / featureSize;
  const places = featureSize / channels;
  if (!Number.isInteger(frames) || frames < 1 || !Number.isInteger(places)) {
    throw new RangeError(
      `${data.length} numbers are not frames of ${featureSize}, ${channels} a place`,
    );
  }
  const sum = new Float64Array(channels);
  const squares = new Float64Array(channels);
  const value = new Float64Array(channels);
  for (let frame = 0; frame < frames; frame++) {
    value.fill(0);
    for (let i = 0; i < featureSize; i++) value[i % channels] += data[frame * featureSize + i];
    for (let c = 0; c < channels; c++) {
      const mean = value[c] / places;
      sum[c] += mean;
      squares[c] += mean * mean;
    }
  }
  const out = new Float32Array(2 * channels);
  for (let c = 0; c < channels; c++) {
    const mean = sum[c] / frames;
    out[c] = mean;
    out[channels + c] = Math.sqrt(Math.max(0, squares[c] / frames - mean * mean));
  }
  return out;
}
