/** Root mean square of frames: sqrt(sum of x[t]^2 / frameLength). */
import { alloc } from "./arena";
import { extend } from "./extend";

/**
 * One value for each of `frames` frames of the `n` samples at `x`, after `pad` samples more at either
 * end. The squares are summed in f64, so that the length of a frame costs no precision.
 */
export function runRms(
  x: usize, n: i32, pad: i32, mode: i32, frameLength: i32, hopLength: i32, frames: i32,
): usize {
  const out = alloc(<usize>frames * 4);
  let frame = extend(x, n, pad, pad, mode);
  for (let i = 0; i < frames; i++, frame += <usize>hopLength * 4) {
    const mean = squares(frame, frameLength) / <f64>frameLength;
    store<f32>(out + <usize>i * 4, <f32>Math.sqrt(mean));
  }
  return out;
}

/** The sum of the squares of `length` samples. */
function squares(x: usize, length: i32): f64 {
  let low = f64x2.splat(0), high = f64x2.splat(0);
  let t = 0;
  for (; t + 4 <= length; t += 4, x += 16) {
    const a = f64x2.promote_low_f32x4(v128.load64_zero(x));
    const b = f64x2.promote_low_f32x4(v128.load64_zero(x, 8));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  const both = f64x2.add(low, high);
  let sum = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
  for (; t < length; t++, x += 4) {
    const value = <f64>load<f32>(x);
    sum += value * value;
  }
  return sum;
}
