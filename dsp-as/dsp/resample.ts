/**
 * Change of the sample rate by a ratio of whole numbers, up / down, with a low-pass filter whose
 * impulse response is a sinc under a Kaiser window, in polyphase form (R. Crochiere and L. Rabiner,
 * Multirate Digital Signal Processing, 1983, section 3.3; J. Kaiser, IEEE ISCAS, 1974).
 *
 * Output m lies at input time m down / up = c + p / up, c and p whole: it is the sum over j of
 * x[c + j] h(p / up - j), -reach < j <= reach, h(t) = sinc(cutoff t) kaiser(t / reach). Only `up` sets
 * of weights occur, one for each p. Each set is scaled to the sum 1: a constant stays that constant.
 */
import { alloc } from "./arena";
import { CONSTANT, extend } from "./extend";
import { madd } from "./madd";

@unmanaged
export class ResamplePlan {
  up: i32;
  down: i32;
  /** Input samples before (and after) an output that it depends on: a multiple of 4. */
  reach: i32;
  /** `up` sets of 2 reach weights, f32, for input samples c - reach + 1 .. c + reach. */
  weights: usize;
}

/** Tables for a filter with its 6-dB point at `cutoff` times half the input's sample rate. */
export function createResampler(
  up: i32, down: i32, reach: i32, cutoff: f64, beta: f64,
): ResamplePlan {
  const plan = changetype<ResamplePlan>(alloc(offsetof<ResamplePlan>()));
  plan.up = up;
  plan.down = down;
  plan.reach = reach;
  plan.weights = alloc(<usize>up * <usize>reach * 8);
  const taps = 2 * reach;
  const row = alloc(<usize>taps * 8);
  let to = plan.weights;
  for (let p = 0; p < up; p++) {
    let sum = 0.0;
    for (let i = 0; i < taps; i++) {
      const t = <f64>p / <f64>up - <f64>(i + 1 - reach);
      const value = sinc(cutoff * t) * kaiser(t / <f64>reach, beta);
      store<f64>(row + <usize>i * 8, value);
      sum += value;
    }
    for (let i = 0; i < taps; i++, to += 4) {
      store<f32>(to, <f32>(load<f64>(row + <usize>i * 8) / sum));
    }
  }
  return plan;
}

/** sin(pi x) / (pi x). */
function sinc(x: f64): f64 {
  if (x == 0) return 1;
  // The argument of the sine stays within pi / 2 of zero, where it is exact.
  const whole = Math.round(x);
  const sine = Math.sin(Math.PI * (x - whole));
  return ((<i32>whole & 1) == 0 ? sine : -sine) / (Math.PI * x);
}

/** Kaiser's window without its constant factor, for x from -1 to 1; outside (and at the ends) 0. */
function kaiser(x: f64, beta: f64): f64 {
  const rest = 1.0 - x * x;
  return rest <= 0 ? 0 : bessel(beta * Math.sqrt(rest));
}

/** The modified Bessel function of order 0 by its power series: the sum of ((x / 2)^k / k!)^2. */
function bessel(x: f64): f64 {
  const quarter = x * x / 4.0;
  let term = 1.0, sum = 1.0;
  for (let k = 1.0; term > 1e-17 * sum; k += 1.0) {
    term *= quarter / (k * k);
    sum += term;
  }
  return sum;
}

/** The first `outputs` samples of the `n` samples at `x` at the new rate; beyond the ends are zeros. */
export function runResampler(plan: ResamplePlan, x: usize, n: i32, outputs: i32): usize {
  const out = alloc(<usize>outputs * 4);
  const up = plan.up, reach = plan.reach;
  const bytes = <usize>reach * 8;
  const end = plan.weights + <usize>up * bytes;
  const whole = <usize>(plan.down / up) * 4;
  const rest = <usize>(plan.down % up) * bytes;
  const period = <usize>up * 4, input = <usize>plan.down * 4;
  let at = extend(x, n, reach - 1, reach, CONSTANT);
  let weights = plan.weights;
  let m = 0;
  while (m < outputs) {
    // Outputs one period apart have the same weights: four at a time share the reading of them.
    const four = m + 4 * up <= outputs;
    const last = four ? m + up : outputs;
    for (; m < last; m++) {
      const to = out + <usize>m * 4;
      if (four) store4(to, period, weights, at, input, bytes);
      else store<f32>(to, product(weights, at, bytes));
      at += whole;
      weights += rest;
      if (weights >= end) {
        weights -= end - plan.weights;
        at += 4;
      }
    }
    m += 3 * up;
    at += 3 * input;
  }
  return out;
}

/** Stores four sums of products, `step` bytes apart, of the same weights with input `stride` bytes apart. */
@inline
function store4(
  to: usize, step: usize, weights: usize, x: usize, stride: usize, bytes: usize,
): void {
  let a = f32x4.splat(0), b = a, c = a, d = a, e = a, f = a, g = a, h = a;
  const end = weights + bytes;
  for (let w = weights; w < end; w += 32, x += 32) {
    const w0 = v128.load(w), w1 = v128.load(w, 16);
    const x1 = x + stride, x2 = x1 + stride, x3 = x2 + stride;
    a = madd<f32>(w0, v128.load(x), a);
    b = madd<f32>(w0, v128.load(x1), b);
    c = madd<f32>(w0, v128.load(x2), c);
    d = madd<f32>(w0, v128.load(x3), d);
    e = madd<f32>(w1, v128.load(x, 16), e);
    f = madd<f32>(w1, v128.load(x1, 16), f);
    g = madd<f32>(w1, v128.load(x2, 16), g);
    h = madd<f32>(w1, v128.load(x3, 16), h);
  }
  store<f32>(to, sum(f32x4.add(a, e)));
  store<f32>(to + step, sum(f32x4.add(b, f)));
  store<f32>(to + 2 * step, sum(f32x4.add(c, g)));
  store<f32>(to + 3 * step, sum(f32x4.add(d, h)));
}

/** The sum of products of two arrays of `bytes` bytes, a multiple of 32. */
@inline
function product(a: usize, b: usize, bytes: usize): f32 {
  let s0 = f32x4.splat(0), s1 = s0;
  const end = a + bytes;
  for (; a < end; a += 32, b += 32) {
    s0 = madd<f32>(v128.load(a), v128.load(b), s0);
    s1 = madd<f32>(v128.load(a, 16), v128.load(b, 16), s1);
  }
  return sum(f32x4.add(s0, s1));
}

@inline
function sum(lanes: v128): f32 {
  return (f32x4.extract_lane(lanes, 0) + f32x4.extract_lane(lanes, 1)) +
    (f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3));
}
