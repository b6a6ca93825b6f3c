import { LANDMARK_DESCRIPTORS } from "./describe_face.ts";
import { describeTrack } from "./describe_track.ts";
import type { LandmarkTrack } from "./landmark_track.ts";

/** Settings of {@linkcode landmarkSequence}. */
export interface LandmarkSequenceOptions {
  /**
   * Frames of the sequence: longer clips are cut, of shorter ones the last frame is repeated.
   *
   * @default {120}
   */
  readonly frames?: number;
  /**
   * Frames a second.
   *
   * @default {30}
   */
  readonly fps?: number;
}

/**
 * A clip's facial geometry frame by frame: the 21 descriptors (see {@linkcode LANDMARK_DESCRIPTORS}) of
 * every frame at an even rate [frames, 21], frame after frame. With the defaults these are
 * 120 x 21 = 2520 numbers, as many as the tutorial's face features.
 *
 * @throws {RangeError} If the track has no frame, or an option is not positive.
 *
 * @example
 * ```ts
 * import { fillGaps, landmarkSequence } from "emofuse/vision";
 * import assert from "node:assert/strict";
 *
 * const face = Array.from({ length: 68 }, (_, i) => [i * Math.cos(i), i * Math.sin(i)]).flat();
 * const track = fillGaps(Float32Array.from(face), Float64Array.of(0), Uint8Array.of(1))!;
 * assert.equal(landmarkSequence(track).length, 120 * 21);
 * ```
 */
export function landmarkSequence(
  track: LandmarkTrack,
  options: LandmarkSequenceOptions = {},
): Float32Array {
  const { frames = 120, fps = 30 } = options;
  if (!Number.isSafeInteger(frames) || frames < 1) {
    throw new RangeError(`frames must be a positive integer, got ${frames}`);
  }
  const { descriptors, frames: given } = describeTrack(track, fps);
  const width = LANDMARK_DESCRIPTORS.length;
  const out = new Float32Array(frames * width);
  for (let frame = 0; frame < frames; frame++) {
    const from = Math.min(frame, given - 1);
    out.set(descriptors.subarray(from * width, (from + 1) * width), frame * width);
  }
  return out;
}
