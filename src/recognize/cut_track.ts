import { LANDMARKS, type LandmarkTrack } from "../vision/landmarks/landmark_track.ts";
import type { TimeWindow } from "./windows.ts";

/**
 * How long a track lasts, in seconds: to the end of its last frame, which is shown as long as its frames are on
 * average. A single frame lasts no time.
 */
export function trackSeconds({ timestamps }: Pick<LandmarkTrack, "timestamps">): number {
  const n = timestamps.length;
  return n < 2 ? 0 : (timestamps[n - 1] - timestamps[0]) * n / (n - 1);
}

/** When a track ends, in seconds. */
export function trackEnd(track: Pick<LandmarkTrack, "timestamps">): number {
  return (track.timestamps[0] ?? 0) + trackSeconds(track);
}

/** The frames of a track that lie in a window, at their own times. */
export function cutTrack(
  { points, timestamps, found }: LandmarkTrack,
  { start, end }: TimeWindow,
): LandmarkTrack {
  const width = LANDMARKS * 2;
  const from = firstAt(timestamps, start);
  const to = firstAt(timestamps, end);
  return {
    points: points.subarray(from * width, to * width),
    timestamps: timestamps.subarray(from, to),
    found: found.subarray(from, to),
  };
}

function firstAt(timestamps: Float64Array, time: number): number {
  const first = timestamps.findIndex((value) => value >= time);
  return first < 0 ? timestamps.length : first;
}
