// The one-dimensional transforms of Winograd's minimal filtering (A. Lavin and S. Gray, "Fast algorithms
// for convolutional neural networks", CVPR 2016), for tiles of four and of six outputs, on vectors of four
// channels that lie `step` bytes apart.
//
// Polynomials are evaluated at 0, 1, -1, 2, -2 and infinity for four outputs, and at 1/2 and -1/2 besides for
// six, in this order. The factors that make the sum come out right are divided between filter and input
// such that the filter's first six points are the same for both: one transformed filter serves both.

import { madd, nmadd } from "../dsp/madd";

// @ts-ignore: decorator
@inline
function x(factor: f32): v128 {
  return f32x4.splat(factor);
}

/** G g: three numbers of the filter at six points, or eight with `all`. */
// @ts-ignore: decorator
@inline
export function filterPoints(g: usize, gStep: usize, to: usize, step: usize, all: bool): void {
  const g0 = v128.load(g), g1 = v128.load(g + gStep), g2 = v128.load(g + 2 * gStep);
  store2(f32x4.add(g0, g2), g1, x(-2.0 / 9.0), to + step, step);
  store2(madd<f32>(x(4), g2, g0), f32x4.add(g1, g1), x(1.0 / 90.0), to + 3 * step, step);
  if (all) {
    store2(madd<f32>(x(0.25), g2, g0), f32x4.mul(x(0.5), g1), x(32.0 / 45.0), to + 6 * step, step);
  }
  v128.store(to, g0);
  v128.store(to + 5 * step, g2);
}

/** factor (even + odd) and factor (even - odd). */
// @ts-ignore: decorator
@inline
function store2(even: v128, odd: v128, factor: v128, to: usize, step: usize): void {
  v128.store(to, f32x4.mul(f32x4.add(even, odd), factor));
  v128.store(to + step, f32x4.mul(f32x4.sub(even, odd), factor));
}

// @ts-ignore: decorator
@inline
function storeSums(even: v128, odd: v128, to: usize, step: usize): void {
  v128.store(to, f32x4.add(even, odd));
  v128.store(to + step, f32x4.sub(even, odd));
}

/** B^T d of a tile of four outputs: six inputs at six points. */
// @ts-ignore: decorator
@inline
export function inputFour(d: usize, dStep: usize, to: usize, step: usize): void {
  const d0 = v128.load(d), d1 = v128.load(d + dStep), d2 = v128.load(d + 2 * dStep);
  const d3 = v128.load(d + 3 * dStep), d4 = v128.load(d + 4 * dStep), d5 = v128.load(d + 5 * dStep);
  v128.store(to, nmadd<f32>(x(1.25), d2, madd<f32>(x(0.25), d4, d0)));
  storeSums(
    nmadd<f32>(x(3), d2, f32x4.mul(x(0.75), d4)), nmadd<f32>(x(3), d1, f32x4.mul(x(0.75), d3)), to + step, step,
  );
  storeSums(f32x4.mul(x(3.75), f32x4.sub(d4, d2)), f32x4.mul(x(7.5), f32x4.sub(d3, d1)), to + 3 * step, step);
  v128.store(to + 5 * step, nmadd<f32>(x(5), d3, madd<f32>(x(4), d1, d5)));
}

/** B^T d of a tile of six outputs: eight inputs at eight points. */
// @ts-ignore: decorator
@inline
export function inputSix(d: usize, dStep: usize, to: usize, step: usize): void {
  const d0 = v128.load(d), d1 = v128.load(d + dStep), d2 = v128.load(d + 2 * dStep);
  const d3 = v128.load(d + 3 * dStep), d4 = v128.load(d + 4 * dStep), d5 = v128.load(d + 5 * dStep);
  const d6 = v128.load(d + 6 * dStep), d7 = v128.load(d + 7 * dStep);
  v128.store(to, madd<f32>(x(5.25), f32x4.sub(d4, d2), f32x4.sub(d0, d6)));
  v128.store(to + 5 * step, madd<f32>(x(5.25), f32x4.sub(d3, d5), f32x4.sub(d7, d1)));
  storeSums(
    nmadd<f32>(x(4.25), d4, f32x4.add(d2, d6)), nmadd<f32>(x(4.25), d3, f32x4.add(d1, d5)), to + step, step,
  );
  const odd = f32x4.mul(x(2.5), d3);
  storeSums(
    nmadd<f32>(x(1.25), d4, madd<f32>(x(0.25), d2, d6)),
    madd<f32>(x(2), d5, f32x4.sub(f32x4.mul(x(0.5), d1), odd)),
    to + 3 * step, step,
  );
  storeSums(
    nmadd<f32>(x(5), d4, madd<f32>(x(4), d2, d6)),
    madd<f32>(x(2), d1, f32x4.sub(f32x4.mul(x(0.5), d5), odd)),
    to + 6 * step, step,
  );
}

/** Stores a result: with `last`, plus the bias and held between the limits. */
// @ts-ignore: decorator
@inline
function finish(to: usize, sum: v128, last: bool, bias: v128, low: v128, high: v128): void {
  v128.store(to, last ? f32x4.pmin(f32x4.pmax(f32x4.add(sum, bias), low), high) : sum);
}

/** A^T m: four outputs from six points. With `last` they get the bias and are held between the limits. */
// @ts-ignore: decorator
@inline
export function outputFour(
  m: usize, mStep: usize, to: usize, step: usize, last: bool, bias: v128, low: v128, high: v128,
): void {
  const m0 = v128.load(m), m1 = v128.load(m + mStep), m2 = v128.load(m + 2 * mStep);
  const m3 = v128.load(m + 3 * mStep), m4 = v128.load(m + 4 * mStep), m5 = v128.load(m + 5 * mStep);
  const s1 = f32x4.add(m1, m2), d1 = f32x4.sub(m1, m2);
  const s2 = f32x4.add(m3, m4), d2 = f32x4.sub(m3, m4);
  finish(to, f32x4.add(f32x4.add(m0, s1), s2), last, bias, low, high);
  finish(to + step, madd<f32>(x(2), d2, d1), last, bias, low, high);
  finish(to + 2 * step, madd<f32>(x(4), s2, s1), last, bias, low, high);
  finish(to + 3 * step, madd<f32>(x(8), d2, f32x4.add(d1, m5)), last, bias, low, high);
}

/** A^T m: six outputs from eight points. With `last` they get the bias and are held between the limits. */
// @ts-ignore: decorator
@inline
export function outputSix(
  m: usize, mStep: usize, to: usize, step: usize, last: bool, bias: v128, low: v128, high: v128,
): void {
  const m0 = v128.load(m), m1 = v128.load(m + mStep), m2 = v128.load(m + 2 * mStep);
  const m3 = v128.load(m + 3 * mStep), m4 = v128.load(m + 4 * mStep), m5 = v128.load(m + 5 * mStep);
  const m6 = v128.load(m + 6 * mStep), m7 = v128.load(m + 7 * mStep);
  const s1 = f32x4.add(m1, m2), d1 = f32x4.sub(m1, m2);
  const s2 = f32x4.add(m3, m4), d2 = f32x4.sub(m3, m4);
  const s3 = f32x4.add(m6, m7), d3 = f32x4.sub(m6, m7);
  finish(to, f32x4.add(f32x4.add(m0, s1), f32x4.add(s2, s3)), last, bias, low, high);
  finish(to + step, madd<f32>(x(2), d2, madd<f32>(x(0.5), d3, d1)), last, bias, low, high);
  finish(to + 2 * step, madd<f32>(x(4), s2, madd<f32>(x(0.25), s3, s1)), last, bias, low, high);
  finish(to + 3 * step, madd<f32>(x(8), d2, madd<f32>(x(0.125), d3, d1)), last, bias, low, high);
  finish(to + 4 * step, madd<f32>(x(16), s2, madd<f32>(x(0.0625), s3, s1)), last, bias, low, high);
  finish(
    to + 5 * step, madd<f32>(x(32), d2, madd<f32>(x(0.03125), d3, f32x4.add(d1, m5))), last, bias, low, high,
  );
}
