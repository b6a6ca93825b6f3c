import type { FrameShape } from "../../models/backbone.ts";
import type { FrameInput } from "./clip_input.ts";

/** Pictures may be faster than the model's by this part without being thinned: 29.97 and 30 are the same. */
const TOLERANCE = 0.05;

/** RGB frames at a rate. */
export interface ThinnedFrames {
  /** The frames [n, height, width, 3]. */
  readonly pixels: Uint8Array;
  /** Their number and size. */
  readonly shape: FrameShape;
  /** Frames a second. */
  readonly fps: number;
}

/**
 * Leaves frames out where there are more a second than `most`, the rate that a model was trained on: at
 * each of its times the frame that is nearest. Slower pictures stay as they are.
 */
export function thinFrames(
  pixels: Uint8Array,
  { n, height, width, fps }: Pick<FrameInput, "n" | "height" | "width" | "fps">,
  most: number,
): ThinnedFrames {
  if (fps <= most * (1 + TOLERANCE)) return { pixels, shape: { n, height, width }, fps };
  const length = height * width * 3;
  const kept = Array.from(
    { length: Math.max(n > 0 ? 1 : 0, Math.round(n * most / fps)) },
    (_, i) => Math.min(n - 1, Math.round(i * fps / most)),
  );
  const out = new Uint8Array(kept.length * length);
  kept.forEach((frame, i) => {
    out.set(pixels.subarray(frame * length, (frame + 1) * length), i * length);
  });
  return { pixels: out, shape: { n: kept.length, height, width }, fps: most };
}
