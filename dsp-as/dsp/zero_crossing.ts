/**
 * Zero crossings (`librosa.zero_crossings`): sample t of a frame is one when its sign differs from that
 * of sample t - 1. The first sample of a frame has none before it.
 */
import { alloc } from "./arena";
import { EDGE, extend } from "./extend";

/**
 * The share of crossings in each of `frames` frames of the `n` samples at `x`, whose ends are repeated
 * `pad` times. Samples within `threshold` of zero count as zero; `zeroPos`: zero counts as positive,
 * otherwise as a sign of its own; `first`: crossings that the first sample of a frame counts for.
 */
export function runZeroCrossingRate(
  x: usize, n: i32, pad: i32, frameLength: i32, hopLength: i32, frames: i32,
  threshold: f32, zeroPos: bool, first: i32,
): usize {
  const out = alloc(<usize>frames * 4);
  const signal = extend(x, n, pad, pad, EDGE);
  const total = n + 2 * pad;

  // Crossings up to each sample: a frame's number is then one difference, however long the frame is.
  const counts = alloc(<usize>total * 4);
  let count = 0, before = sign(load<f32>(signal), threshold, zeroPos);
  for (let t = 0; t < total; t++) {
    const now = sign(load<f32>(signal + <usize>t * 4), threshold, zeroPos);
    count += i32(now != before);
    before = now;
    store<i32>(counts + <usize>t * 4, count);
  }

  let from = counts, to = counts + <usize>(frameLength - 1) * 4;
  for (let i = 0; i < frames; i++, from += <usize>hopLength * 4, to += <usize>hopLength * 4) {
    const crossings = load<i32>(to) - load<i32>(from) + first;
    store<f32>(out + <usize>i * 4, <f32>crossings / <f32>frameLength);
  }
  return out;
}

/** -1 below the threshold's negative; otherwise 0, or 1 above the threshold unless zero is positive. */
@inline
function sign(value: f32, threshold: f32, zeroPos: bool): i32 {
  return i32(!zeroPos && value > threshold) - i32(value < -threshold);
}
