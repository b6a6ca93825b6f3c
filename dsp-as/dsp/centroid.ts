/**
 * Spectral centroid and bandwidth (A. Klapuri and M. Davy, eds., Signal Processing Methods for Music
 * Transcription, 2007, chapter 5), as `librosa.feature.spectral_centroid` and `spectral_bandwidth`:
 * c = sum over k of f[k] p[k], b = (sum over k of |f[k] - c|^order p[k])^(1 / order), where p[k] is the
 * share of bin k in the sum of magnitudes, f[k] its frequency. Sums are in f64.
 */
import { alloc } from "./arena";
import { storeLanes } from "./frame";
import { high, join, loadMagnitudes4, low, Magnitudes } from "./magnitude";

/** A sum of magnitudes below this is silence, whose magnitudes librosa does not divide. */
const LEAST_SUM: f64 = 1.1754943508222875e-38;

/** Sums of magnitudes and centroids, in bins, of the four frames at hand: lanes of f64. */
let lowSum = f64x2.splat(0), highSum = lowSum, lowCentre = lowSum, highCentre = lowSum;

function sumUp(from: Magnitudes): void {
  const zero = f64x2.splat(0), one = f64x2.splat(1), least = f64x2.splat(LEAST_SUM);
  let s0 = zero, s1 = zero, m0 = zero, m1 = zero, k = zero;
  const end = from.columns + <usize>from.bins * 16;
  for (let at = from.columns; at < end; at += 16) {
    const value = v128.load(at);
    const a = low(value), b = high(value);
    s0 = f64x2.add(s0, a);
    s1 = f64x2.add(s1, b);
    m0 = f64x2.add(m0, f64x2.mul(k, a));
    m1 = f64x2.add(m1, f64x2.mul(k, b));
    k = f64x2.add(k, one);
  }
  lowSum = v128.bitselect(one, s0, f64x2.lt(s0, least));
  highSum = v128.bitselect(one, s1, f64x2.lt(s1, least));
  lowCentre = f64x2.div(m0, lowSum);
  highCentre = f64x2.div(m1, highSum);
}

/** Centroid of each frame in Hz; a bin is `width` Hz wide. */
export function runCentroid(from: Magnitudes, width: f64): usize {
  const out = alloc(<usize>from.frames * 4);
  const hz = f64x2.splat(width);
  for (let t = 0; t < from.frames; t += 4) {
    loadMagnitudes4(from, t);
    sumUp(from);
    const value = join(f64x2.mul(lowCentre, hz), f64x2.mul(highCentre, hz));
    storeLanes(out + <usize>t * 4, value, from.frames - t);
  }
  return out;
}

/**
 * Bandwidth of each frame in Hz. Without `norm`, p[k] is the magnitude itself in the place of its share,
 * though not for the centroid.
 */
export function runBandwidth(from: Magnitudes, width: f64, order: f64, norm: bool): usize {
  const out = alloc(<usize>from.frames * 4);
  for (let t = 0; t < from.frames; t += 4) {
    loadMagnitudes4(from, t);
    sumUp(from);
    if (!norm) {
      lowSum = f64x2.splat(1);
      highSum = lowSum;
    }
    storeLanes(
      out + <usize>t * 4,
      order == 2 ? deviation(from, width) : powerDeviation(from, width, order),
      from.frames - t,
    );
  }
  return out;
}

/** The square root of the mean square of the distance from the centroid. */
function deviation(from: Magnitudes, width: f64): v128 {
  const zero = f64x2.splat(0), one = f64x2.splat(1), hz = f64x2.splat(width);
  let v0 = zero, v1 = zero, k = zero;
  const end = from.columns + <usize>from.bins * 16;
  for (let at = from.columns; at < end; at += 16) {
    const value = v128.load(at);
    const a = f64x2.sub(k, lowCentre), b = f64x2.sub(k, highCentre);
    v0 = f64x2.add(v0, f64x2.mul(low(value), f64x2.mul(a, a)));
    v1 = f64x2.add(v1, f64x2.mul(high(value), f64x2.mul(b, b)));
    k = f64x2.add(k, one);
  }
  v0 = f64x2.mul(hz, f64x2.sqrt(f64x2.div(v0, lowSum)));
  v1 = f64x2.mul(hz, f64x2.sqrt(f64x2.div(v1, highSum)));
  return join(v0, v1);
}

/** Of any order: powers have no instruction, so that lanes go one by one. */
function powerDeviation(from: Magnitudes, width: f64, order: f64): v128 {
  const lanes = memory.data(16);
  for (let lane = 0; lane < 4; lane++) {
    const upper = lane >= 2, odd = (lane & 1) == 1;
    const centres = upper ? highCentre : lowCentre, sums = upper ? highSum : lowSum;
    const centre = odd ? f64x2.extract_lane(centres, 1) : f64x2.extract_lane(centres, 0);
    const total = odd ? f64x2.extract_lane(sums, 1) : f64x2.extract_lane(sums, 0);
    let sum: f64 = 0;
    for (let k = 0; k < from.bins; k++) {
      const value = <f64>load<f32>(from.columns + <usize>k * 16 + <usize>lane * 4);
      sum += value * Math.pow(Math.abs(<f64>k - centre) * width, order);
    }
    store<f32>(lanes + <usize>lane * 4, <f32>Math.pow(sum / total, 1.0 / order));
  }
  return v128.load(lanes);
}
