/**
 * Analysis windows: sums of cosines w[t] = a0 - a1 cos(2 pi t / period) + a2 cos(4 pi t / period). A
 * periodic window has the period of its length and suits spectra (`scipy.signal.get_window`); a
 * symmetric one has the period length - 1, so that its ends are equal (`numpy.hamming`).
 */
import { alloc } from "./arena";

/** The kinds of window, with their a0, a1 and a2: 0.5, 0.5, 0. */
const HANN: i32 = 0;
/** 0.54, 0.46, 0. */
const HAMMING: i32 = 1;
/** 0.42, 0.5, 0.08. */
const BLACKMAN: i32 = 2;

/**
 * A window of `length` samples of T (f32 or f64), computed in f64, with `offset` zeros before it and
 * zeros up to `frame` samples after it, so that framing can multiply whole frames. Any other `kind`
 * than those above is a rectangle.
 */
function cosineSum<T>(kind: i32, period: i32, length: i32, offset: i32, frame: i32): usize {
  let a0 = 1.0, a1 = 0.0, a2 = 0.0;
  if (kind == HANN) {
    a0 = 0.5;
    a1 = 0.5;
  } else if (kind == HAMMING) {
    a0 = 0.54;
    a1 = 0.46;
  } else if (kind == BLACKMAN) {
    a0 = 0.42;
    a1 = 0.5;
    a2 = 0.08;
  }
  const window = alloc(<usize>frame * sizeof<T>());
  memory.fill(window, 0, <usize>frame * sizeof<T>());
  const step = 2.0 * Math.PI / <f64>period;
  for (let t = 0; t < length; t++) {
    const angle = step * <f64>t;
    const value = a0 - a1 * Math.cos(angle) + a2 * Math.cos(2.0 * angle);
    store<T>(window + <usize>(offset + t) * sizeof<T>(), <T>value);
  }
  return window;
}

/** A periodic window in the middle of a frame, as librosa places it. */
export function centredWindow<T>(kind: i32, length: i32, frame: i32): usize {
  return cosineSum<T>(kind, length, length, (frame - length) >> 1, frame);
}

/** A symmetric Hamming window at the start of a frame, as speech recognisers place it. */
export function leadingHamming(length: i32, frame: i32): usize {
  return cosineSum<f32>(HAMMING, length - 1, length, 0, frame);
}
