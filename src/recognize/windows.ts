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
 * A clip that is longer than a window by no more than this part of it is judged by its middle. Two windows
 * would cost twice as much and share three quarters or more of what they hold; what is left out, a tenth of
 * the clip at each end, is mostly the silence before and after what is said.
 */
const SURPLUS = 0.25;

/**
 * The windows of `length` seconds that cover a clip of `duration` seconds: as few as can, evenly spaced
 * from its start to its end, so that they overlap where they must: by no more than a half, but where a clip
 * is 1.25 to 1.5 windows long. A clip that is no longer than a window is one window, and one of up to 1.25
 * windows the window in its middle, of the length that the model was trained on.
 *
 * @example
 * ```ts
 * import { coverWithWindows } from "./windows.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(coverWithWindows(3, 4), [{ start: 0, end: 3 }]);
 * assert.deepEqual(coverWithWindows(4.5, 4), [{ start: 0.25, end: 4.25 }]);
 * assert.deepEqual(coverWithWindows(6, 4), [{ start: 0, end: 4 }, { start: 2, end: 6 }]);
 * ```
 */
export function coverWithWindows(duration: number, length: number): TimeWindow[] {
  if (duration <= length * (1 + TOLERANCE)) {
    return [{ start: 0, end: Math.min(duration, length) }];
  }
  if (duration <= length * (1 + SURPLUS)) {
    const start = (duration - length) / 2;
    return [{ start, end: start + length }];
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
  // By its length, not by its end: so all windows have as many frames.
  return [from, Math.min(n, from + Math.round((end - start) * fps))];
}
