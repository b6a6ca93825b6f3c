import { INPUT_LIMITS } from "../../recognize/check_input.ts";
import type { ServeLimits } from "../limits.ts";
import { Problem } from "../problem.ts";
import { checkLength } from "./read_sound.ts";

/** Number and size of a clip's frames. */
export interface FrameSize {
  /** Number of frames. */
  readonly n: number;
  /** Columns of a frame, in pixels. */
  readonly width: number;
  /** Rows of a frame, in pixels. */
  readonly height: number;
  /** Values a pixel. */
  readonly channels: number;
  /** Frames a second. */
  readonly fps: number;
}

/**
 * Refuses frames that are too large, too many or too long, before anything is decoded.
 *
 * @throws {Problem} 413 if they are; 422 if a number is not what it has to be.
 */
export function checkFrames(size: FrameSize, limits: ServeLimits): void {
  const { n, width, height, channels, fps } = size;
  for (const [name, value] of Object.entries({ n, width, height })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new Problem(422, `${name} of the frames is ${value}; allowed: a whole number from 1`);
    }
  }
  checkFps(fps);
  if (width * height > limits.maxPixels) {
    throw new Problem(
      413,
      `a frame has ${width} x ${height} pixels; allowed: ${limits.maxPixels} in all`,
    );
  }
  if (n > limits.maxFrames) {
    throw new Problem(413, `the clip has ${n} frames; allowed: ${limits.maxFrames}`);
  }
  if (n * width * height * channels > limits.maxDecodedBytes) {
    throw new Problem(
      413,
      `the frames take ${n * width * height * channels} bytes decoded; allowed: ` +
        `${limits.maxDecodedBytes}`,
    );
  }
  checkLength(n / fps, limits);
}

/**
 * Refuses a frame rate that no recogniser takes.
 *
 * @throws {Problem} 422 if it is out of range.
 */
export function checkFps(fps: number): void {
  const [least, most] = INPUT_LIMITS.fps;
  if (fps >= least && fps <= most) return;
  throw new Problem(422, `fps is ${fps}; allowed: a number from ${least} to ${most}`);
}
