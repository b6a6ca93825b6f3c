/** From a signal to windowed frames, four side by side. */
import { alloc } from "./arena";
import { emphasise } from "./preemphasis";

/**
 * A copy of `n` samples with `left` zeros before them and zeros up to `total` samples after them,
 * pre-emphasised: y[t] = x[t] - c x[t-1], y[0] = x[0]. c = 0 leaves the samples as they are.
 */
export function padSignal(x: usize, n: i32, left: i32, total: i32, c: f32): usize {
  const padded = alloc(<usize>total * 4);
  const y = padded + <usize>left * 4;
  memory.fill(padded, 0, <usize>left * 4);
  memory.fill(y + <usize>n * 4, 0, <usize>(total - left - n) * 4);
  if (c == 0) memory.copy(y, x, <usize>n * 4);
  else emphasise(x, n, c, 0, y);
  return padded;
}

/**
 * Multiplies four frames of `length` samples (a multiple of 4) that start at `a`, `b`, `c`, `d` by the
 * window and interleaves them: 16 bytes a sample, one lane a frame.
 */
export function loadFrames4(
  a: usize, b: usize, c: usize, d: usize,
  window: usize, length: i32, to: usize,
): void {
  const end = window + <usize>length * 4;
  for (; window < end; window += 16) {
    const w = v128.load(window);
    const xa = f32x4.mul(v128.load(a), w), xb = f32x4.mul(v128.load(b), w);
    const xc = f32x4.mul(v128.load(c), w), xd = f32x4.mul(v128.load(d), w);
    // The transpose of a 4 x 4 matrix: pairs of rows, then pairs of pairs.
    const ab01 = v128.shuffle<f32>(xa, xb, 0, 4, 1, 5), ab23 = v128.shuffle<f32>(xa, xb, 2, 6, 3, 7);
    const cd01 = v128.shuffle<f32>(xc, xd, 0, 4, 1, 5), cd23 = v128.shuffle<f32>(xc, xd, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(ab01, cd01, 0, 1, 4, 5));
    v128.store(to, v128.shuffle<f32>(ab01, cd01, 2, 3, 6, 7), 16);
    v128.store(to, v128.shuffle<f32>(ab23, cd23, 0, 1, 4, 5), 32);
    v128.store(to, v128.shuffle<f32>(ab23, cd23, 2, 3, 6, 7), 48);
    a += 16; b += 16; c += 16; d += 16;
    to += 64;
  }
}

/** As `loadFrames4`, of two frames by a window of f64: 16 bytes a sample, two lanes of f64. */
export function loadFrames2(a: usize, b: usize, window: usize, length: i32, to: usize): void {
  const end = window + <usize>length * 8;
  for (; window < end; window += 16) {
    const w = v128.load(window);
    const xa = f64x2.mul(f64x2.promote_low_f32x4(v128.load64_zero(a)), w);
    const xb = f64x2.mul(f64x2.promote_low_f32x4(v128.load64_zero(b)), w);
    v128.store(to, v128.shuffle<f64>(xa, xb, 0, 2));
    v128.store(to, v128.shuffle<f64>(xa, xb, 1, 3), 16);
    a += 8; b += 8;
    to += 32;
  }
}

/** Stores the first `count` lanes of f32 of `value`, all of them if `count` is 4 or more. */
@inline
export function storeLanes(to: usize, value: v128, count: i32): void {
  if (count >= 4) {
    v128.store(to, value);
    return;
  }
  store<f32>(to, f32x4.extract_lane(value, 0));
  if (count > 1) store<f32>(to, f32x4.extract_lane(value, 1), 4);
  if (count > 2) store<f32>(to, f32x4.extract_lane(value, 2), 8);
}
