/**
 * Spectral flatness (S. Dubnov, IEEE Signal Processing Letters 11(8), 2004), as
 * `librosa.feature.spectral_flatness`: the geometric mean of the spectrum over its arithmetic mean,
 * exp(mean of ln s[k]) / mean of s[k], with s[k] = max(amin, |X[k]|^power).
 */
import { alloc } from "./arena";
import { storeLanes } from "./frame";
import { log4 } from "./log";
import { high, loadMagnitudes4, low, Magnitudes } from "./magnitude";

/** Flatness of each frame. `amin` is a normal f32. */
export function runFlatness(from: Magnitudes, power: f64, amin: f32): usize {
  const out = alloc(<usize>from.frames * 4);
  const least = f32x4.splat(amin), count = f64x2.splat(<f64>from.bins);
  const means = alloc(16);
  for (let t = 0; t < from.frames; t += 4) {
    loadMagnitudes4(from, t);
    raise(from, power);
    let s0 = f64x2.splat(0), s1 = s0, l0 = s0, l1 = s0;
    const end = from.columns + <usize>from.bins * 16;
    for (let at = from.columns; at < end; at += 16) {
      const value = f32x4.max(v128.load(at), least);
      const log = log4(value);
      s0 = f64x2.add(s0, low(value));
      s1 = f64x2.add(s1, high(value));
      l0 = f64x2.add(l0, low(log));
      l1 = f64x2.add(l1, high(log));
    }
    s0 = f64x2.div(s0, count);
    s1 = f64x2.div(s1, count);
    l0 = f64x2.div(l0, count);
    l1 = f64x2.div(l1, count);
    store<f32>(means, ratio(f64x2.extract_lane(l0, 0), f64x2.extract_lane(s0, 0)));
    store<f32>(means, ratio(f64x2.extract_lane(l0, 1), f64x2.extract_lane(s0, 1)), 4);
    store<f32>(means, ratio(f64x2.extract_lane(l1, 0), f64x2.extract_lane(s1, 0)), 8);
    store<f32>(means, ratio(f64x2.extract_lane(l1, 1), f64x2.extract_lane(s1, 1)), 12);
    storeLanes(out + <usize>t * 4, v128.load(means), from.frames - t);
  }
  return out;
}

/** The ratio of the means; rounding must not lift it above 1. */
@inline
function ratio(meanLog: f64, mean: f64): f32 {
  return <f32>min(1.0, Math.exp(meanLog) / mean);
}

/** Raises the magnitudes at hand to `power`. */
function raise(from: Magnitudes, power: f64): void {
  const end = from.columns + <usize>from.bins * 16;
  if (power == 1) return;
  if (power == 2) {
    for (let at = from.columns; at < end; at += 16) {
      const value = v128.load(at);
      v128.store(at, f32x4.mul(value, value));
    }
    return;
  }
  for (let at = from.columns; at < end; at += 4) {
    store<f32>(at, <f32>Math.pow(<f64>load<f32>(at), power));
  }
}
