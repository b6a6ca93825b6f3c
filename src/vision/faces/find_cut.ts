import type { FrameShape } from "../../../models/backbone.ts";

/** Values of a frame that are compared: one in so many. 37 is no divisor of the usual widths. */
const STEP = 37;

/**
 * The frame with which the picture changes most, of those after frame `from` up to frame `to` of `frames`
 * [n, height, width, 3]: if there is a cut between the two, it is that. The change is the sum of
 * absolute differences from the frame before, over some of the pixels.
 */
export function findCut(
  frames: Uint8Array,
  { height, width }: Pick<FrameShape, "height" | "width">,
  from: number,
  to: number,
): number {
  const length = height * width * 3;
  let cut = to;
  let most = -1;
  for (let frame = from + 1; frame <= to; frame++) {
    let change = 0;
    for (let at = frame * length; at < (frame + 1) * length; at += STEP) {
      change += Math.abs(frames[at] - frames[at - length]);
    }
    // Of equal ones the last: without any change, frames belong to the look before them.
    if (change >= most) [cut, most] = [frame, change];
  }
  return cut;
}
