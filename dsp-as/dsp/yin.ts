/**
 * Fundamental frequency by YIN (A. de Cheveigne and H. Kawahara, J. Acoust. Soc. Am. 111(4), 2002), as
 * `librosa.yin` does it: the period is the lag at which a frame differs least from itself.
 *
 * The difference of a frame y at lag k is d(k) = 2 (a(0) - a(k)) - (the sum of the first k squares), a
 * the autocorrelation: the inverse transform of the power spectrum. Where a frame is periodic, d is the
 * small difference of large numbers, and the choice of a lag hangs on it: all is in f64, two
 * frames at a time.
 */
import { alloc } from "./arena";
import { extend } from "./extend";
import { createFft64, FftPlan, rfft2 } from "./fft";
import { loadFrames2 } from "./frame";
import { madd } from "./madd";

/** What librosa adds to a mean of differences before it divides by it: the least normal f64. */
const TINY: f64 = 2.2250738585072014e-308;
/**
 * Scores (of about 1) that differ by less count as equal, and the shortest lag wins: in a frame with a
 * single click all lags are equally good, and rounding must not choose among them.
 */
const EQUAL: f64 = 1e-9;

@unmanaged
export class YinPlan {
  /** The transform of a frame and of as many zeros as the lags need, so that none wraps around. */
  fft: FftPlan;
  /** A rectangular window, f64, of even length: the frame's, and a zero if that is odd. */
  window: usize;
  frameLength: i32;
  /** The lags that are searched, in samples. */
  minPeriod: i32;
  maxPeriod: i32;
  threshold: f64;
}

export function createYin(
  nFft: i32, frameLength: i32, minPeriod: i32, maxPeriod: i32, threshold: f64,
): YinPlan {
  const plan = changetype<YinPlan>(alloc(offsetof<YinPlan>()));
  plan.fft = createFft64(nFft);
  plan.frameLength = frameLength;
  plan.minPeriod = minPeriod;
  plan.maxPeriod = maxPeriod;
  plan.threshold = threshold;
  plan.window = alloc(<usize>evenLength(plan) * 8);
  for (let t = 0; t < evenLength(plan); t++) {
    store<f64>(plan.window + <usize>t * 8, t < frameLength ? 1 : 0);
  }
  return plan;
}

@inline
function evenLength(plan: YinPlan): i32 {
  return (plan.frameLength + 1) & ~1;
}

/**
 * The frequency, in units of `rate`, of each of `frames` frames of the `n` samples at `x`; behind them
 * the scores of the lags chosen, a frame each.
 */
export function runYin(
  plan: YinPlan, x: usize, n: i32, pad: i32, mode: i32, hopLength: i32, frames: i32, rate: f64,
): usize {
  const out = alloc(<usize>frames * 8);
  const signal = extend(x, n, pad, pad, mode);
  const cells = alloc(<usize>plan.fft.n * 16);
  const spectrum = alloc(<usize>((plan.fft.n >> 1) + 1) * 32);
  const scores = alloc(<usize>(plan.maxPeriod - plan.minPeriod + 1) * 8);
  const hop = <usize>hopLength * 4;
  for (let i = 0; i < frames; i += 2) {
    const a = signal + <usize>i * hop;
    const b = i + 1 < frames ? a + hop : a;
    loadFrames2(a, b, plan.window, evenLength(plan), cells);
    autocorrelate2(plan, cells, spectrum);
    score(plan, spectrum, a, scores);
    choose(plan, scores, rate, out + <usize>i * 4, frames);
    if (a == b) break;
    score(plan, spectrum + 8, b, scores);
    choose(plan, scores, rate, out + <usize>i * 4 + 4, frames);
  }
  return out;
}

/**
 * Leaves n times the autocorrelation of two frames in the real parts of `spectrum`: lag k at bin k.
 * The power spectrum is real and even, and so is its transform: forwards and inverse are the same.
 */
function autocorrelate2(plan: YinPlan, cells: usize, spectrum: usize): void {
  const n = plan.fft.n;
  memory.fill(cells + <usize>plan.frameLength * 16, 0, <usize>(n - plan.frameLength) * 16);
  rfft2(plan.fft, cells, spectrum);
  let mirror = cells + <usize>n * 16;
  for (let k = 0; k <= n >> 1; k++, mirror -= 16) {
    const bin = spectrum + <usize>k * 32;
    const re = v128.load(bin), im = v128.load(bin, 16);
    const power = madd<f64>(im, im, f64x2.mul(re, re));
    v128.store(cells + <usize>k * 16, power);
    if (k > 0) v128.store(mirror, power);
  }
  rfft2(plan.fft, cells, spectrum);
}

/**
 * The cumulative mean normalised difference, d(k) / (mean of d(1) .. d(k)), at the lags searched.
 * `correlation` holds this frame's lag k at k x 32 bytes, `frame` its samples.
 */
function score(plan: YinPlan, correlation: usize, frame: usize, scores: usize): void {
  const scale = 2.0 / <f64>plan.fft.n;
  const whole = load<f64>(correlation);
  let squares = 0.0, sum = 0.0;
  for (let k = 1; k <= plan.maxPeriod; k++, frame += 4) {
    const sample = <f64>load<f32>(frame);
    squares += sample * sample;
    let difference = scale * (whole - load<f64>(correlation + <usize>k * 32));
    // At lag 1 librosa takes nothing off: it has already set that cell of its sums to d(0) = 0.
    if (k > 1) difference -= squares;
    sum += difference;
    if (k < plan.minPeriod) continue;
    store<f64>(
      scores + <usize>(k - plan.minPeriod) * 8,
      difference / (sum / <f64>k + TINY),
    );
  }
}

/**
 * The first trough below the threshold, or else the least score: the frequency of its lag, interpolated,
 * goes to `out`, the score itself `frames` numbers behind.
 */
function choose(plan: YinPlan, scores: usize, rate: f64, out: usize, frames: i32): void {
  const last = plan.maxPeriod - plan.minPeriod;
  let best = 0;
  for (let i = 0; i <= last; i++) {
    const here = at(scores, i);
    if (here < plan.threshold && isTrough(scores, i, last)) {
      best = i;
      break;
    }
    if (here < at(scores, best) - EQUAL) best = i;
  }
  const shift = best > 0 && best < last ? vertex(scores, best) : 0.0;
  store<f32>(out, <f32>(rate / (<f64>(plan.minPeriod + best) + shift)));
  store<f32>(out + <usize>frames * 4, <f32>at(scores, best));
}

/** Lower than the score before, and not higher than the next one; at the first, lower than the next. */
@inline
function isTrough(scores: usize, i: i32, last: i32): bool {
  const here = at(scores, i);
  if (i == 0) return here < at(scores, 1);
  return here < at(scores, i - 1) && (i == last || here <= at(scores, i + 1));
}

/** Where the parabola through three neighbouring scores has its vertex; 0 if beyond the neighbours. */
function vertex(scores: usize, i: i32): f64 {
  const before = at(scores, i - 1), after = at(scores, i + 1);
  const curvature = before + after - 2.0 * at(scores, i);
  const slope = (after - before) / 2.0;
  return abs(slope) >= abs(curvature) ? 0.0 : -slope / curvature;
}

@inline
function at(scores: usize, i: i32): f64 {
  return load<f64>(scores + <usize>i * 8);
}
