/** A stretch of time, in seconds. */
export interface TimeWindow {
  /** Where it begins. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
}

/** Clips may be longer than a window by this part of it: containers round their lengths up. */
const TOLERANCE = 0.02;

/**
 * The windows of `length` seconds that cover a clip of `duration` seconds: as few as can, evenly spaced
 * from its start to its end, so that they overlap where they must. A clip that is no longer than a
 * window is one window.
 *
 * @example
 * ```ts
 * import { coverWithWindows } from "./windows.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(coverWithWindows(3, 4), [{ start: 0, end: 3 }]);
 * assert.deepEqual(coverWithWindows(6, 4), [{ start: 0, end: 4 }, { start: 2, end: 6 }]);
 * ```
 */
export function coverWithWindows(duration: number, length: number): TimeWindow[] {
  if (duration <= length * (1 + TOLERANCE)) {
    return [{ start: 0, end: Math.min(duration, length) }];
  }
  const count = Math.ceil(duration / length - TOLERANCE);
  const step = (duration - length) / (count - 1);
  return Array.from(
    { length: count },
    (_, i) => ({ start: i * step, end: i * step + length }),
  );
}

/** The first frame of a window, and the one after the last, of `n` frames at `fps`. */
export function framesOf({ start, end }: TimeWindow, fps: number, n: number): [number, number] {
  const from = Math.min(n, Math.round(start * fps));
  return [from, Math.max(from, Math.min(n, Math.round(end * fps)))];
}
