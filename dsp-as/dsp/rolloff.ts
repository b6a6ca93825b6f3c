/**
 * Spectral roll-off, as `librosa.feature.spectral_rolloff`: the frequency of the first bin at which the
 * magnitudes, summed from the lowest bin on, reach a share of their total. Sums are in f32, bin by
 * bin, as librosa's are, so that a threshold that all but meets a sum falls on the same bin.
 */
import { alloc } from "./arena";
import { loadMagnitudes4, Magnitudes } from "./magnitude";

/** Roll-off of each frame in Hz; a bin is `width` Hz wide. */
export function runRolloff(from: Magnitudes, width: f64, share: f32): usize {
  const out = alloc(<usize>from.frames * 4);
  const end = from.columns + <usize>from.bins * 16;
  for (let t = 0; t < from.frames; t += 4) {
    loadMagnitudes4(from, t);
    let sum = f32x4.splat(0);
    for (let at = from.columns; at < end; at += 16) {
      sum = f32x4.add(sum, v128.load(at));
      v128.store(at, sum);
    }
    for (let lane = 0; lane < min(4, from.frames - t); lane++) {
      let at = from.columns + <usize>lane * 4;
      const threshold = share * load<f32>(end - 16 + <usize>lane * 4);
      let bin = 0;
      for (; load<f32>(at) < threshold; at += 16) bin++;
      store<f32>(out + <usize>(t + lane) * 4, <f32>(<f64>bin * width));
    }
  }
  return out;
}
