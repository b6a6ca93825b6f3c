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
 * What a clip has beyond whole windows is not looked at where it is no more than this part of one: another
 * window would cost as much as a whole one and share three quarters or more of what it holds with the one
 * before it.
 */
const SURPLUS = 0.25;

/**
 * The windows of `length` seconds that cover a clip of `duration` seconds: one after the other from its
 * start, and a last one that ends with it where more than a quarter of a window is left. A clip that is
 * no longer than a window is one window, and one of up to 1.25 windows the window in its middle: what is left
 * out, a tenth at each end, is mostly the silence before and after what is said.
 *
 * All but the last window are where they are whatever the clip's length: they can be looked at before it is
 * known.
 *
 * @example
 * ```ts
 * import { coverWithWindows } from "./windows.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(coverWithWindows(3, 4), [{ start: 0, end: 3 }]);
 * assert.deepEqual(coverWithWindows(4.5, 4), [{ start: 0.25, end: 4.25 }]);
 * assert.deepEqual(coverWithWindows(6, 4), [{ start: 0, end: 4 }, { start: 2, end: 6 }]);
 * assert.deepEqual(coverWithWindows(9, 4), [{ start: 0, end: 4 }, { start: 4, end: 8 }]);
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
  const whole = Math.floor(duration / length + TOLERANCE);
  const windows = Array.from({ length: whole }, (_, i) => regularWindow(i, length));
  if (duration - whole * length > SURPLUS * length) {
    windows.push({ start: duration - length, end: duration });
  }
  return windows;
}

/** Window number `i` of a clip of several. */
export function regularWindow(i: number, length: number): TimeWindow {
  return { start: i * length, end: (i + 1) * length };
}

/** From this length on, in windows, a clip begins with {@linkcode regularWindow} number 0. */
export const SEVERAL_FROM: number = 1 + SURPLUS;

/** The first frame of a window, and the one after the last, of `n` frames at `fps`. */
export function framesOf({ start, end }: TimeWindow, fps: number, n: number): [number, number] {
  const from = Math.min(n, Math.round(start * fps));
  // By its length, not by its end: so all windows have as many frames.
  return [from, Math.min(n, from + Math.round((end - start) * fps))];
}
