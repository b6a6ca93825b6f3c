/**
 * Analysis windows: raised cosines w[t] = a - (1 - a) cos(2 pi t / period). A periodic window has the
 * period of its length and suits spectra (`scipy.signal.get_window`); a symmetric one has the period
 * length - 1, so that its ends are equal (`numpy.hamming`).
 */
import { alloc } from "./arena";

/**
 * A window of `length` samples with `offset` zeros before it and zeros up to `frame` samples after
 * it, so that framing can multiply whole frames.
 */
function raisedCosine(a: f64, period: i32, length: i32, offset: i32, frame: i32): usize {
  const window = alloc(<usize>frame * 4);
  memory.fill(window, 0, <usize>frame * 4);
  const step = 2.0 * Math.PI / <f64>period;
  for (let t = 0; t < length; t++) {
    store<f32>(window + <usize>(offset + t) * 4, <f32>(a - (1.0 - a) * Math.cos(step * <f64>t)));
  }
  return window;
}

/** A periodic Hann window in the middle of a frame, as librosa places it. */
export function centredHann(length: i32, frame: i32): usize {
  return raisedCosine(0.5, length, length, (frame - length) >> 1, frame);
}

/** A symmetric Hamming window at the start of a frame, as speech recognisers place it. */
export function leadingHamming(length: i32, frame: i32): usize {
  return raisedCosine(0.54, length - 1, length, 0, frame);
}
