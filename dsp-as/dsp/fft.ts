/**
 * Fast Fourier transform of real frames, four at a time: lane i of every vector belongs to frame i.
 * All arithmetic is then vertical, so that the loops below are the textbook's, with no shuffles.
 *
 * A frame of n real samples is read as n/2 complex numbers, transformed, and split into the spectrum
 * of the real frame (W. H. Press et al., Numerical Recipes, 3rd ed., section 12.3). The complex
 * transform is decimation in frequency, in place, radix 4 with one radix-2 pass where log2(n/2) is odd
 * (C. Van Loan, Computational Frameworks for the Fast Fourier Transform, 1992, section 2.4).
 *
 * Layout: a complex number of four frames is 32 bytes, four real parts, then four imaginary parts.
 */
import { alloc } from "./arena";
import { madd, nmadd } from "./madd";

/** Bytes of one complex number of four frames. */
const CELL: usize = 32;

/** Tables for frames of `n` samples. They are computed in f64 and rounded once, to f32. */
@unmanaged
export class FftPlan {
  /** Samples a frame: a power of two, at least 8. */
  n: i32;
  /** For each radix-4 pass, W^j, W^2j and W^3j (re, im each) of each butterfly j, in reading order. */
  twiddles: usize;
  /** Byte offset at which the complex transform leaves its output k (digit-reversed order). */
  order: usize;
  /** exp(-2 pi i k / n) as re, im, for k = 0 .. n/4: what splits the spectrum of a real frame. */
  split: usize;
}

export function createFft(n: i32): FftPlan {
  const half = n >> 1;
  const plan = changetype<FftPlan>(alloc(offsetof<FftPlan>()));
  plan.n = n;

  // Passes of length half, half/4, ... hold half/4 + half/16 + ... < half/3 butterflies of 24 bytes.
  plan.twiddles = alloc(<usize>half * 8);
  let at = plan.twiddles;
  for (let span = half; span > 4; span >>= 2) {
    for (let j = 0; j < span >> 2; j++) {
      for (let r = 1; r <= 3; r++) {
        at = storeUnit(at, -2.0 * Math.PI * <f64>(r * j) / <f64>span);
      }
    }
  }

  plan.order = alloc(<usize>half * 4);
  for (let k = 0; k < half; k++) {
    // A radix-4 pass leaves the outputs k = r (mod 4) in the r-th quarter; then the same with k / 4.
    let position = 0, rest = k, span = half;
    while (span >= 4) {
      span >>= 2;
      position += (rest & 3) * span;
      rest >>= 2;
    }
    if (span == 2) position += rest;
    store<i32>(plan.order + <usize>k * 4, position * <i32>CELL);
  }

  plan.split = alloc(<usize>(half / 2 + 1) * 8);
  at = plan.split;
  for (let k = 0; k <= half >> 1; k++) at = storeUnit(at, -2.0 * Math.PI * <f64>k / <f64>n);
  return plan;
}

/** Stores exp(i angle) as two f32 and returns the address behind them. */
function storeUnit(at: usize, angle: f64): usize {
  store<f32>(at, <f32>Math.cos(angle));
  store<f32>(at, <f32>Math.sin(angle), 4);
  return at + 8;
}

/**
 * Transforms four frames. `x`: n samples of 16 bytes (one a frame), destroyed. `spectrum`: bins
 * 0 .. n/2 of 32 bytes, X[k] = sum over t of x[t] exp(-2 pi i k t / n).
 */
export function rfft4(plan: FftPlan, x: usize, spectrum: usize): void {
  const half = plan.n >> 1;
  let twiddles = plan.twiddles;
  let span = half;
  for (; span > 4; span >>= 2) {
    radix4Pass(x, half, span, twiddles);
    twiddles += <usize>(span >> 2) * 24;
  }
  if (span == 4) lastRadix4Pass(x, half);
  else lastRadix2Pass(x, half);
  splitSpectrum(plan, x, spectrum);
}

/** One radix-4 pass over blocks of `span` complex numbers. */
function radix4Pass(x: usize, half: i32, span: i32, twiddles: usize): void {
  const quarter = <usize>(span >> 2) * CELL;
  const end = x + <usize>half * CELL;
  for (let block = x; block < end; block += quarter * 4) {
    let w = twiddles;
    for (let p0 = block; p0 < block + quarter; p0 += CELL) {
      const p1 = p0 + quarter, p2 = p1 + quarter, p3 = p2 + quarter;
      const ar = v128.load(p0), ai = v128.load(p0, 16);
      const br = v128.load(p1), bi = v128.load(p1, 16);
      const cr = v128.load(p2), ci = v128.load(p2, 16);
      const dr = v128.load(p3), di = v128.load(p3, 16);

      const sr = f32x4.add(ar, cr), si = f32x4.add(ai, ci); // a + c
      const ur = f32x4.add(br, dr), ui = f32x4.add(bi, di); // b + d
      const mr = f32x4.sub(ar, cr), mi = f32x4.sub(ai, ci); // a - c
      const nr = f32x4.sub(br, dr), ni = f32x4.sub(bi, di); // b - d

      v128.store(p0, f32x4.add(sr, ur)); // a + b + c + d
      v128.store(p0, f32x4.add(si, ui), 16);
      // ((a - c) - i (b - d)) W^j
      storeProduct(p1, f32x4.add(mr, ni), f32x4.sub(mi, nr), w);
      // ((a + c) - (b + d)) W^2j
      storeProduct(p2, f32x4.sub(sr, ur), f32x4.sub(si, ui), w + 8);
      // ((a - c) + i (b - d)) W^3j
      storeProduct(p3, f32x4.sub(mr, ni), f32x4.add(mi, nr), w + 16);
      w += 24;
    }
  }
}

/** Stores (re + i im) times the twiddle factor at `w`. */
@inline
function storeProduct(to: usize, re: v128, im: v128, w: usize): void {
  const wr = v128.load32_splat(w), wi = v128.load32_splat(w, 4);
  v128.store(to, nmadd(im, wi, f32x4.mul(re, wr)));
  v128.store(to, madd(im, wr, f32x4.mul(re, wi)), 16);
}

/** The radix-4 pass over blocks of four: every twiddle factor is 1. */
function lastRadix4Pass(x: usize, half: i32): void {
  const end = x + <usize>half * CELL;
  for (let p = x; p < end; p += 4 * CELL) {
    const ar = v128.load(p), ai = v128.load(p, 16);
    const br = v128.load(p, 32), bi = v128.load(p, 48);
    const cr = v128.load(p, 64), ci = v128.load(p, 80);
    const dr = v128.load(p, 96), di = v128.load(p, 112);
    const sr = f32x4.add(ar, cr), si = f32x4.add(ai, ci);
    const ur = f32x4.add(br, dr), ui = f32x4.add(bi, di);
    const mr = f32x4.sub(ar, cr), mi = f32x4.sub(ai, ci);
    const nr = f32x4.sub(br, dr), ni = f32x4.sub(bi, di);
    v128.store(p, f32x4.add(sr, ur));
    v128.store(p, f32x4.add(si, ui), 16);
    v128.store(p, f32x4.add(mr, ni), 32);
    v128.store(p, f32x4.sub(mi, nr), 48);
    v128.store(p, f32x4.sub(sr, ur), 64);
    v128.store(p, f32x4.sub(si, ui), 80);
    v128.store(p, f32x4.sub(mr, ni), 96);
    v128.store(p, f32x4.add(mi, nr), 112);
  }
}

/** The radix-2 pass over blocks of two. */
function lastRadix2Pass(x: usize, half: i32): void {
  const end = x + <usize>half * CELL;
  for (let p = x; p < end; p += 2 * CELL) {
    const ar = v128.load(p), ai = v128.load(p, 16);
    const br = v128.load(p, 32), bi = v128.load(p, 48);
    v128.store(p, f32x4.add(ar, br));
    v128.store(p, f32x4.add(ai, bi), 16);
    v128.store(p, f32x4.sub(ar, br), 32);
    v128.store(p, f32x4.sub(ai, bi), 48);
  }
}

/**
 * From Z, the transform of z[t] = x[2t] + i x[2t+1], to X: with E = (Z[k] + conj Z[n/2-k]) / 2 and
 * O = (Z[k] - conj Z[n/2-k]) / 2i, X[k] = E + W^k O and X[n/2-k] = conj(E - W^k O).
 */
function splitSpectrum(plan: FftPlan, z: usize, spectrum: usize): void {
  const half = plan.n >> 1;
  const order = plan.order;
  const zero = f32x4.splat(0), oneHalf = f32x4.splat(0.5);

  const z0r = v128.load(z), z0i = v128.load(z, 16);
  const nyquist = spectrum + <usize>half * CELL;
  v128.store(spectrum, f32x4.add(z0r, z0i));
  v128.store(spectrum, zero, 16);
  v128.store(nyquist, f32x4.sub(z0r, z0i));
  v128.store(nyquist, zero, 16);

  for (let k = 1; k <= half >> 1; k++) {
    const a = z + load<u32>(order + <usize>k * 4);
    const b = z + load<u32>(order + <usize>(half - k) * 4);
    const ar = f32x4.mul(v128.load(a), oneHalf), ai = f32x4.mul(v128.load(a, 16), oneHalf);
    const br = f32x4.mul(v128.load(b), oneHalf), bi = f32x4.mul(v128.load(b, 16), oneHalf);
    const er = f32x4.add(ar, br), ei = f32x4.sub(ai, bi);
    const or = f32x4.add(ai, bi), oi = f32x4.sub(br, ar);
    const wr = v128.load32_splat(plan.split + <usize>k * 8);
    const wi = v128.load32_splat(plan.split + <usize>k * 8, 4);
    const tr = nmadd(oi, wi, f32x4.mul(or, wr));
    const ti = madd(oi, wr, f32x4.mul(or, wi));
    const low = spectrum + <usize>k * CELL;
    const high = spectrum + <usize>(half - k) * CELL;
    v128.store(high, f32x4.sub(er, tr));
    v128.store(high, f32x4.sub(ti, ei), 16);
    v128.store(low, f32x4.add(er, tr));
    v128.store(low, f32x4.add(ei, ti), 16);
  }
}

/** Replaces the spectrum of four frames by its power: bin k is then 16 bytes, |X[k]|^2 a frame. */
export function power4(plan: FftPlan, spectrum: usize): void {
  let to = spectrum;
  const end = spectrum + <usize>((plan.n >> 1) + 1) * CELL;
  for (let from = spectrum; from < end; from += CELL, to += 16) {
    const re = v128.load(from), im = v128.load(from, 16);
    v128.store(to, madd(im, im, f32x4.mul(re, re)));
  }
}
