/**
 * Derivatives along time by least squares: to `width` neighbouring values a polynomial of degree d is
 * fitted, and its d-th derivative, a constant, is the result (A. Savitzky and M. Golay, Analytical
 * Chemistry 36(8), 1964; `scipy.signal.savgol_filter` with polyorder = deriv = d).
 *
 * With the monic polynomials p_0, p_1, ... that are orthogonal on the points -h .. h, the polynomial's
 * leading coefficient is <y, p_d> / <p_d, p_d>: the filter is d! p_d / <p_d, p_d>. They follow from
 * p_k+1(x) = x p_k(x) - k^2 (w^2 - k^2) / (4 (4 k^2 - 1)) p_k-1(x), w = 2 h + 1 (J. P. Gram, 1883).
 */
import { alloc } from "./arena";
import { CONSTANT, extendTo } from "./extend";

/** The mode in which the first and last h values come from the polynomials of the first and last frame. */
const INTERP: i32 = -1;

@unmanaged
export class DeltaPlan {
  /** Number of weights, odd. */
  width: i32;
  /** The weights, f64: the derivative at t is the sum over i of weight[i] y[t - h + i]. */
  weights: usize;
}

export function createDelta(width: i32, order: i32): DeltaPlan {
  const plan = changetype<DeltaPlan>(alloc(offsetof<DeltaPlan>()));
  plan.width = width;
  plan.weights = alloc(<usize>width * 8);
  const half = width >> 1;
  let norm = 0.0;
  for (let i = 0; i < width; i++) {
    const value = gram(<f64>(i - half), order, <f64>width);
    store<f64>(plan.weights + <usize>i * 8, value);
    norm += value * value;
  }
  let scale = 1.0 / norm;
  for (let k = 2; k <= order; k++) scale *= <f64>k;
  for (let i = 0; i < width; i++) {
    const at = plan.weights + <usize>i * 8;
    store<f64>(at, load<f64>(at) * scale);
  }
  return plan;
}

/** p_order(x) on `w` points. */
function gram(x: f64, order: i32, w: f64): f64 {
  let before = 0.0, value = 1.0;
  for (let i = 0; i < order; i++) {
    const k = <f64>i;
    const next = x * value - k * k * (w * w - k * k) / (4.0 * (4.0 * k * k - 1.0)) * before;
    before = value;
    value = next;
  }
  return value;
}

/**
 * The derivative of each of `rows` rows of `frames` values at `x`, in the same layout. Sums are in f64,
 * as scipy's, because a derivative is the small difference of large values.
 */
export function runDelta(plan: DeltaPlan, x: usize, rows: i32, frames: i32, mode: i32): usize {
  const half = plan.width >> 1;
  // Whole vectors are stored: the last one of a row spills into the next row, which comes later.
  const out = alloc(<usize>rows * <usize>frames * 4 + 12);
  const line = alloc(<usize>(frames + 2 * half + 3) * 4);
  memory.fill(line + <usize>(frames + 2 * half) * 4, 0, 12);
  const bytes = <usize>frames * 4;
  let to = out;
  for (let row = 0; row < rows; row++, x += bytes, to += bytes) {
    extendTo(line, x, frames, half, half, mode == INTERP ? CONSTANT : mode);
    for (let t = 0; t < frames; t += 4) {
      v128.store(to + <usize>t * 4, derivative4(plan, line + <usize>t * 4));
    }
    // A polynomial's highest derivative is the same at all of its points: that of the middle one.
    if (mode == INTERP) {
      const last = frames - 1 - half;
      for (let t = 0; t < half; t++) copy(to, half, t);
      for (let t = last + 1; t < frames; t++) copy(to, last, t);
    }
  }
  return out;
}

@inline
function copy(row: usize, from: i32, to: i32): void {
  store<f32>(row + <usize>to * 4, load<f32>(row + <usize>from * 4));
}

/** The derivatives at four times; `x` is the first neighbour of the first. */
@inline
function derivative4(plan: DeltaPlan, x: usize): v128 {
  let low = f64x2.splat(0), high = f64x2.splat(0);
  const end = plan.weights + <usize>plan.width * 8;
  for (let at = plan.weights; at < end; at += 8, x += 4) {
    const weight = v128.load64_splat(at);
    low = f64x2.add(low, f64x2.mul(weight, f64x2.promote_low_f32x4(v128.load64_zero(x))));
    high = f64x2.add(high, f64x2.mul(weight, f64x2.promote_low_f32x4(v128.load64_zero(x, 8))));
  }
  const a = f32x4.demote_f64x2_zero(low), b = f32x4.demote_f64x2_zero(high);
  return v128.shuffle<f32>(a, b, 0, 1, 4, 5);
}
