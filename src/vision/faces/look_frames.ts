/** Time between two looks, in seconds: every tenth frame of the 30 a second that are trained on. */
export const LOOK_SECONDS: number = 1 / 3;

/** A frame this little before a look is its frame, in frames: products of fractions are not exact. */
const NEARLY = 1e-6;

/**
 * The frames at which faces are looked for: the first, and after it every `every` seconds the frame that
 * shows then or comes next. A scene gets the same looks at every frame rate, but for those that a slow
 * picture has no frames for.
 *
 * @param n Number of frames.
 * @param fps Frames a second.
 * @param every Seconds between two looks.
 * @returns Indices of frames, increasing.
 *
 * @throws {RangeError} If `fps` or `every` is not positive.
 *
 * @example
 * ```ts
 * import { lookFrames } from "./look_frames.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(lookFrames(21, 30), [0, 10, 20]);
 * assert.deepEqual(lookFrames(42, 60), [0, 20, 40]);
 * assert.deepEqual(lookFrames(5, 5), [0, 2, 4]);
 * ```
 */
export function lookFrames(n: number, fps: number, every: number = LOOK_SECONDS): number[] {
  for (const [name, value] of Object.entries({ fps, every })) {
    if (!(value > 0 && value < Infinity)) {
      throw new RangeError(`${name} must be positive, got ${value}`);
    }
  }
  const frames = new Set<number>();
  for (let look = 0;; look++) {
    const frame = Math.ceil(look * every * fps - NEARLY);
    if (frame >= n) return [...frames];
    frames.add(frame);
  }
}
