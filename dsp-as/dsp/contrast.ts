/**
 * Spectral contrast (D.-N. Jiang, L. Lu, H.-J. Zhang, J.-H. Tao and L.-H. Cai, Music type classification
 * by spectral contrast feature, ICME 2002), as `librosa.feature.spectral_contrast`: in each band, how
 * far the mean of the greatest magnitudes lies above the mean of the least.
 */
import { alloc } from "./arena";
import { powerToDb } from "./decibel";
import { storeLanes } from "./frame";
import { loadMagnitudes4, Magnitudes } from "./magnitude";
import { sort4 } from "./sort";

/** What power_to_db of librosa counts as silence, and how far below the loudest value others may lie. */
const LEAST_LEVEL: f32 = 1e-10;
const RANGE: f32 = 80;

/** Room for `count` bands: 12 bytes each, see `setBand`. */
export function createBands(count: i32): usize {
  return alloc(<usize>count * 12);
}

/** Band `k`: `bins` bins from `first` on, of which `extremes` are averaged at either end. */
export function setBand(bands: usize, k: i32, first: i32, bins: i32, extremes: i32): void {
  const band = bands + <usize>k * 12;
  store<i32>(band, first);
  store<i32>(band, bins, 4);
  store<i32>(band, extremes, 8);
}

/**
 * Contrast of each of `count` bands (rows) in each frame: the difference of the means or, unless
 * `linear`, of their levels in dB.
 */
export function runContrast(from: Magnitudes, bands: usize, count: i32, linear: bool): usize {
  const row = <usize>from.frames * 4;
  const values = count * from.frames;
  const bytes = (<usize>values * 4 + 15) & ~15;
  const peaks = alloc(bytes);
  const valleys = alloc(bytes);
  const sorted = alloc(<usize>from.bins * 16);
  for (let t = 0; t < from.frames; t += 4) {
    loadMagnitudes4(from, t);
    for (let k = 0; k < count; k++) {
      const band = bands + <usize>k * 12;
      const bins = load<i32>(band, 4), extremes = load<i32>(band, 8);
      memory.copy(sorted, from.columns + <usize>load<i32>(band) * 16, <usize>bins * 16);
      sort4(sorted, bins);
      const at = <usize>k * row + <usize>t * 4;
      const upper = sorted + <usize>(bins - extremes) * 16;
      storeLanes(valleys + at, mean4(sorted, extremes), from.frames - t);
      storeLanes(peaks + at, mean4(upper, extremes), from.frames - t);
    }
  }
  if (!linear) {
    powerToDb(peaks, values, 1, LEAST_LEVEL, RANGE);
    powerToDb(valleys, values, 1, LEAST_LEVEL, RANGE);
  }
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(peaks + at, f32x4.sub(v128.load(peaks + at), v128.load(valleys + at)));
  }
  return peaks;
}

/** The mean of the `n` vectors at `x`. */
function mean4(x: usize, n: i32): v128 {
  let sum = f32x4.splat(0);
  for (let i = 0; i < n; i++) sum = f32x4.add(sum, v128.load(x + <usize>i * 16));
  return f32x4.div(sum, f32x4.splat(<f32>n));
}
