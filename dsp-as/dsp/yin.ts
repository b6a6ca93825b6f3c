/**
 * Fundamental frequency by YIN (A. de Cheveigne and H. Kawahara, J. Acoust. Soc. Am. 111(4), 2002), as
 * `librosa.yin` does it: the period is the lag at which a frame differs least from itself.
 *
 * The difference of a frame y of N samples at lag k is D(k) = sum over t < N-k of (y[t] - y[t+k])^2
 * = 2 (a(0) - a(k)) - (first k squares) - (last k squares), a the autocorrelation: the inverse
 * transform of the power spectrum. D does not see a constant, so that it is computed from the frame
 * less its mean, which keeps f32 exact enough beside any offset. librosa's d leaves the last k squares
 * in (and, at lag 1, the first): those are added afterwards, of the frame as it is.
 */
import { alloc } from "./arena";
import { extend } from "./extend";
import { createFft, FftPlan, rfft4 } from "./fft";
import { loadFrames4 } from "./frame";

/** What librosa adds to a mean of differences before it divides by it: the least normal f64. */
const TINY: f64 = 2.2250738585072014e-308;

@unmanaged
export class YinPlan {
  /** Transforms twice a frame, or as much as the lags need, so that none wraps around. */
  fft: FftPlan;
  /** Ones for a frame, zeros up to the next multiple of 4. */
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
  plan.fft = createFft(nFft);
  plan.frameLength = frameLength;
  plan.minPeriod = minPeriod;
  plan.maxPeriod = maxPeriod;
  plan.threshold = threshold;
  const whole = (frameLength + 3) & ~3;
  plan.window = alloc(<usize>whole * 4);
  for (let t = 0; t < whole; t++) {
    store<f32>(plan.window + <usize>t * 4, t < frameLength ? 1 : 0);
  }
  return plan;
}

/** The frequency, in units of `rate`, of each of `frames` frames of the `n` samples at `x`. */
export function runYin(
  plan: YinPlan, x: usize, n: i32, pad: i32, mode: i32, hopLength: i32, frames: i32, rate: f64,
): usize {
  const out = alloc(<usize>frames * 4);
  const signal = extend(x, n, pad, pad, mode);
  const cells = alloc(<usize>plan.fft.n * 16);
  const spectrum = alloc(<usize>((plan.fft.n >> 1) + 1) * 32);
  const means = alloc(16);
  const scores = alloc(<usize>(plan.maxPeriod - plan.minPeriod + 1) * 8);
  const hop = <usize>hopLength * 4;
  const last = signal + <usize>(frames - 1) * hop;
  for (let i = 0; i < frames; i += 4) {
    const a = signal + <usize>i * hop;
    loadFrames4(
      a, min(a + hop, last), min(a + 2 * hop, last), min(a + 3 * hop, last),
      plan.window, (plan.frameLength + 3) & ~3, cells,
    );
    v128.store(means, removeMeans4(cells, plan.frameLength));
    autocorrelate4(plan, cells, spectrum);
    const lanes = min(4, frames - i);
    for (let lane = 0; lane < lanes; lane++) {
      const mean = load<f32>(means + <usize>lane * 4);
      score(plan, spectrum + <usize>lane * 4, a + <usize>lane * hop, mean, scores);
      store<f32>(out + <usize>(i + lane) * 4, <f32>(rate / period(plan, scores)));
    }
  }
  return out;
}

/** Subtracts its mean from each of four interleaved frames; returns the means. */
function removeMeans4(cells: usize, length: i32): v128 {
  let low = f64x2.splat(0), high = f64x2.splat(0);
  const end = cells + <usize>length * 16;
  for (let at = cells; at < end; at += 16) {
    low = f64x2.add(low, f64x2.promote_low_f32x4(v128.load64_zero(at)));
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.load64_zero(at, 8)));
  }
  const n = f64x2.splat(<f64>length);
  const a = f32x4.demote_f64x2_zero(f64x2.div(low, n));
  const b = f32x4.demote_f64x2_zero(f64x2.div(high, n));
  const means = v128.shuffle<f32>(a, b, 0, 1, 4, 5);
  for (let at = cells; at < end; at += 16) v128.store(at, f32x4.sub(v128.load(at), means));
  return means;
}

/**
 * Leaves n times the autocorrelation of four frames in the real parts of `spectrum`: lag k at bin k.
 * The power spectrum is real and even, and so is its transform: forwards and inverse are the same.
 */
function autocorrelate4(plan: YinPlan, cells: usize, spectrum: usize): void {
  const n = plan.fft.n;
  memory.fill(cells + <usize>plan.frameLength * 16, 0, <usize>(n - plan.frameLength) * 16);
  rfft4(plan.fft, cells, spectrum);
  let mirror = cells + <usize>n * 16;
  for (let k = 0; k <= n >> 1; k++, mirror -= 16) {
    const bin = spectrum + <usize>k * 32;
    const re = v128.load(bin), im = v128.load(bin, 16);
    const power = f32x4.add(f32x4.mul(re, re), f32x4.mul(im, im));
    v128.store(cells + <usize>k * 16, power);
    if (k > 0) v128.store(mirror, power);
  }
  rfft4(plan.fft, cells, spectrum);
}

/**
 * The cumulative mean normalised difference d(k) / mean of d(1 .. k), f64, at the lags searched.
 * `correlation` holds this frame's lag k at k x 32 bytes, `frame` its samples.
 */
function score(plan: YinPlan, correlation: usize, frame: usize, mean: f32, scores: usize): void {
  const scale = 2.0 / <f64>plan.fft.n;
  const whole = <f64>load<f32>(correlation);
  let head = frame, tail = frame + <usize>(plan.frameLength - 1) * 4;
  let squares = 0.0, tailSquares = 0.0, sum = 0.0;
  for (let k = 1; k <= plan.maxPeriod; k++, head += 4, tail -= 4) {
    const first = <f64>(load<f32>(head) - mean);
    const last = load<f32>(tail);
    const lastLess = <f64>(last - mean);
    squares += first * first + lastLess * lastLess;
    tailSquares += <f64>last * <f64>last;
    const same = <f64>load<f32>(correlation + <usize>k * 32);
    // A sum of squares: only rounding makes it negative.
    let difference = max(0.0, scale * (whole - same) - squares) + tailSquares;
    if (k == 1) difference += <f64>load<f32>(frame) * <f64>load<f32>(frame);
    sum += difference;
    if (k >= plan.minPeriod) {
      store<f64>(
        scores + <usize>(k - plan.minPeriod) * 8,
        difference / (sum / <f64>k + TINY),
      );
    }
  }
}

/** The first trough below the threshold, or else the least score: the lag of it, interpolated. */
function period(plan: YinPlan, scores: usize): f64 {
  const last = plan.maxPeriod - plan.minPeriod;
  let least = 0, found = -1;
  for (let i = 0; i <= last; i++) {
    const here = at(scores, i);
    if (here < at(scores, least)) least = i;
    const isTrough = (i == 0 || here < at(scores, i - 1)) &&
      (i == last || (i == 0 ? here < at(scores, 1) : here <= at(scores, i + 1)));
    if (isTrough && here < plan.threshold) {
      found = i;
      break;
    }
  }
  const i = found < 0 ? least : found;
  return <f64>(plan.minPeriod + i) + (i > 0 && i < last ? vertex(scores, i) : 0.0);
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
