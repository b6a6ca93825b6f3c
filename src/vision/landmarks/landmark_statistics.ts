import { LANDMARK_DESCRIPTORS } from "./describe_face.ts";
import { describeTrack } from "./describe_track.ts";
import type { LandmarkTrack } from "./landmark_track.ts";
import { type SeriesStatistic, seriesStatistics } from "./series_statistics.ts";
import { SYMMETRIC_SHAPE } from "./symmetric_shape.ts";

/** The rate at which tracks are compared, in frames a second: that of most cameras. */
export const TRACK_FPS = 30;

const COMMON = [
  "mean",
  "deviation",
  "speed",
  "speed-deviation",
  "trend-1",
  "trend-2",
  "trend-3",
  "trend-4",
  "trend-5",
] as const;

/** Statistics of a descriptor. */
const OF_DESCRIPTOR: readonly SeriesStatistic[] = [...COMMON, "q05", "q25", "q50", "q75", "q95"];

/** Statistics of a coordinate of the shape: the quantiles between would say the mean once more. */
const OF_SHAPE: readonly SeriesStatistic[] = [...COMMON, "low", "high"];

/** Names of the 1152 statistics in their order, such as `mouth-opening/q95` or `y-48-54/trend-1`. */
export const LANDMARK_STATISTICS: readonly string[] = [
  ...LANDMARK_DESCRIPTORS.flatMap((name) => OF_DESCRIPTOR.map((what) => `${name}/${what}`)),
  ...SYMMETRIC_SHAPE.flatMap((name) => OF_SHAPE.map((what) => `${name}/${what}`)),
];

/**
 * Statistics of a clip's facial geometry: of each of 21 descriptors (see
 * {@linkcode LANDMARK_DESCRIPTORS}) 14 statistics, and of each of 78 coordinates of the face's shape,
 * aligned by the eyes and averaged over its two halves (see {@linkcode symmetricShape}), 11: the mean,
 * the deviation, quantiles, the speed, and how it develops over the clip. The track is brought to 30 frames a
 * second first. Lengths are in inter-ocular distances, so that the size of the picture does not matter.
 *
 * @returns 1152 numbers, named by {@linkcode LANDMARK_STATISTICS}.
 *
 * @throws {RangeError} If the track has no frame.
 *
 * @example
 * ```ts
 * import { fillGaps, LANDMARK_STATISTICS, landmarkStatistics } from "emofuse/vision";
 * import assert from "node:assert/strict";
 *
 * // A still face: 68 points on a spiral, on two frames.
 * const face = Array.from({ length: 68 }, (_, i) => [i * Math.cos(i), i * Math.sin(i)]).flat();
 * const points = Float32Array.from([...face, ...face]);
 * const track = fillGaps(points, Float64Array.of(0, 1), Uint8Array.of(1, 1))!;
 * const statistics = landmarkStatistics(track);
 * assert.equal(statistics.length, LANDMARK_STATISTICS.length);
 * assert(Math.abs(statistics[LANDMARK_STATISTICS.indexOf("mouth-opening/speed")]) < 1e-6);
 * ```
 */
export function landmarkStatistics(track: LandmarkTrack): Float32Array {
  const { frames, descriptors, shapes } = describeTrack(track, TRACK_FPS);
  const out = new Float32Array(LANDMARK_STATISTICS.length);
  let at = 0;
  const add = (data: Float32Array, names: readonly SeriesStatistic[]) => {
    const width = data.length / frames;
    for (let i = 0; i < width; i++) {
      const series = Float32Array.from({ length: frames }, (_, t) => data[t * width + i]);
      out.set(seriesStatistics(series, TRACK_FPS, names), at);
      at += names.length;
    }
  };
  add(descriptors, OF_DESCRIPTOR);
  add(shapes, OF_SHAPE);
  return out;
}
