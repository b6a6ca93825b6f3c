/** How a signal goes on beyond its ends: the modes of `numpy.pad` and `scipy.ndimage`. */
import { alloc } from "./arena";

/** Zeros. */
export const CONSTANT: i32 = 0;
/** Mirrored about its first and last samples: d c b | a b c d | c b a. */
export const REFLECT: i32 = 1;
/** The first and the last sample repeated. */
export const EDGE: i32 = 2;
/** From the other end: b c d | a b c d | a b c. */
export const WRAP: i32 = 3;

/**
 * A copy of the `n` samples at `x` with `left` samples before them and `right` after them; three zeros
 * more follow, so that whole vectors can be read at the last sample.
 */
export function extend(x: usize, n: i32, left: i32, right: i32, mode: i32): usize {
  const total = left + n + right;
  const signal = alloc(<usize>(total + 3) * 4);
  extendTo(signal, x, n, left, right, mode);
  memory.fill(signal + <usize>total * 4, 0, 12);
  return signal;
}

/** As `extend`, into memory that is there already, without the zeros that follow. */
export function extendTo(to: usize, x: usize, n: i32, left: i32, right: i32, mode: i32): void {
  const body = to + <usize>left * 4;
  const end = body + <usize>n * 4;
  memory.copy(body, x, <usize>n * 4);
  if (mode == CONSTANT) {
    memory.fill(to, 0, <usize>left * 4);
    memory.fill(end, 0, <usize>right * 4);
    return;
  }
  for (let t = 0; t < left; t++) copySample(to + <usize>t * 4, x, source(t - left, n, mode));
  for (let t = 0; t < right; t++) copySample(end + <usize>t * 4, x, source(n + t, n, mode));
}

@inline
function copySample(to: usize, x: usize, t: i32): void {
  store<f32>(to, load<f32>(x + <usize>t * 4));
}

/** Which of the `n` samples stands at `t`, outside 0 .. n-1. Extensions may be longer than the signal. */
function source(t: i32, n: i32, mode: i32): i32 {
  if (n == 1) return 0;
  if (mode == EDGE) return t < 0 ? 0 : n - 1;
  const period = mode == REFLECT ? 2 * (n - 1) : n;
  let at = t % period;
  if (at < 0) at += period;
  return at < n ? at : period - at;
}
