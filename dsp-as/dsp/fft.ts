/**
 * Fast Fourier transform of real frames, as many at a time as a vector has lanes: four in single
 * precision, two in double. Lane i of every vector belongs to frame i. All arithmetic is then
 * vertical, so that the loops below are the textbook's, with no shuffles, and the same in both.
 *
 * A frame of n real samples is read as n/2 complex numbers, transformed, and split into the spectrum
 * of the real frame (W. H. Press et al., Numerical Recipes, 3rd ed., section 12.3). The complex
 * transform is decimation in frequency, in place, radix 4 with one radix-2 pass where log2(n/2) is odd
 * (C. Van Loan, Computational Frameworks for the Fast Fourier Transform, 1992, section 2.4).
 *
 * Layout: a complex number of all lanes is 32 bytes, a vector of real parts, then one of imaginary
 * parts. T is f32 or f64 throughout.
 */
import { alloc } from "./arena";
import { madd, nmadd } from "./madd";

/** Bytes of one complex number of all lanes. */
const CELL: usize = 32;

/** Tables for frames of `n` samples. They are computed in f64 and rounded once, to T. */
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

/** Tables for `rfft4`. */
export function createFft(n: i32): FftPlan {
  return createTables<f32>(n);
}

/** Tables for `rfft2`. */
export function createFft64(n: i32): FftPlan {
  return createTables<f64>(n);
}

function createTables<T>(n: i32): FftPlan {
  const half = n >> 1;
  const plan = changetype<FftPlan>(alloc(offsetof<FftPlan>()));
  plan.n = n;

  // Passes of length half, half/4, ... hold half/4 + half/16 + ... < half/3 butterflies of 6 numbers.
  plan.twiddles = alloc(<usize>half * 2 * sizeof<T>());
  let at = plan.twiddles;
  for (let span = half; span > 4; span >>= 2) {
    for (let j = 0; j < span >> 2; j++) {
      for (let r = 1; r <= 3; r++) {
        at = storeUnit<T>(at, -2.0 * Math.PI * <f64>(r * j) / <f64>span);
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

  plan.split = alloc(<usize>(half / 2 + 1) * 2 * sizeof<T>());
  at = plan.split;
  for (let k = 0; k <= half >> 1; k++) at = storeUnit<T>(at, -2.0 * Math.PI * <f64>k / <f64>n);
  return plan;
}

/** Stores exp(i angle) as two numbers and returns the address behind them. */
function storeUnit<T>(at: usize, angle: f64): usize {
  store<T>(at, <T>Math.cos(angle));
  store<T>(at + sizeof<T>(), <T>Math.sin(angle));
  return at + 2 * sizeof<T>();
}

/**
 * Transforms four frames. `x`: n samples of 16 bytes (one a frame), destroyed. `spectrum`: bins
 * 0 .. n/2 of 32 bytes, X[k] = sum over t of x[t] exp(-2 pi i k t / n).
 */
export function rfft4(plan: FftPlan, x: usize, spectrum: usize): void {
  transform<f32>(plan, x, spectrum);
}

/** Transforms two frames in double precision: as `rfft4`, with two lanes where that has four. */
export function rfft2(plan: FftPlan, x: usize, spectrum: usize): void {
  transform<f64>(plan, x, spectrum);
}

@inline
function transform<T>(plan: FftPlan, x: usize, spectrum: usize): void {
  const half = plan.n >> 1;
  let twiddles = plan.twiddles;
  let span = half;
  for (; span > 4; span >>= 2) {
    radix4Pass<T>(x, half, span, twiddles);
    twiddles += <usize>(span >> 2) * 6 * sizeof<T>();
  }
  if (span == 4) lastRadix4Pass<T>(x, half);
  else lastRadix2Pass<T>(x, half);
  splitSpectrum<T>(plan, x, spectrum);
}

/** One radix-4 pass over blocks of `span` complex numbers. */
function radix4Pass<T>(x: usize, half: i32, span: i32, twiddles: usize): void {
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

      const sr = v128.add<T>(ar, cr), si = v128.add<T>(ai, ci); // a + c
      const ur = v128.add<T>(br, dr), ui = v128.add<T>(bi, di); // b + d
      const mr = v128.sub<T>(ar, cr), mi = v128.sub<T>(ai, ci); // a - c
      const nr = v128.sub<T>(br, dr), ni = v128.sub<T>(bi, di); // b - d

      v128.store(p0, v128.add<T>(sr, ur)); // a + b + c + d
      v128.store(p0, v128.add<T>(si, ui), 16);
      // ((a - c) - i (b - d)) W^j
      storeProduct<T>(p1, v128.add<T>(mr, ni), v128.sub<T>(mi, nr), w);
      // ((a + c) - (b + d)) W^2j
      storeProduct<T>(p2, v128.sub<T>(sr, ur), v128.sub<T>(si, ui), w + 2 * sizeof<T>());
      // ((a - c) + i (b - d)) W^3j
      storeProduct<T>(p3, v128.sub<T>(mr, ni), v128.add<T>(mi, nr), w + 4 * sizeof<T>());
      w += 6 * sizeof<T>();
    }
  }
}

/** Stores (re + i im) times the twiddle factor at `w`. */
@inline
function storeProduct<T>(to: usize, re: v128, im: v128, w: usize): void {
  const wr = v128.load_splat<T>(w), wi = v128.load_splat<T>(w + sizeof<T>());
  v128.store(to, nmadd<T>(im, wi, v128.mul<T>(re, wr)));
  v128.store(to, madd<T>(im, wr, v128.mul<T>(re, wi)), 16);
}

/** The radix-4 pass over blocks of four: every twiddle factor is 1. */
function lastRadix4Pass<T>(x: usize, half: i32): void {
  const end = x + <usize>half * CELL;
  for (let p = x; p < end; p += 4 * CELL) {
    const ar = v128.load(p), ai = v128.load(p, 16);
    const br = v128.load(p, 32), bi = v128.load(p, 48);
    const cr = v128.load(p, 64), ci = v128.load(p, 80);
    const dr = v128.load(p, 96), di = v128.load(p, 112);
    const sr = v128.add<T>(ar, cr), si = v128.add<T>(ai, ci);
    const ur = v128.add<T>(br, dr), ui = v128.add<T>(bi, di);
    const mr = v128.sub<T>(ar, cr), mi = v128.sub<T>(ai, ci);
    const nr = v128.sub<T>(br, dr), ni = v128.sub<T>(bi, di);
    v128.store(p, v128.add<T>(sr, ur));
    v128.store(p, v128.add<T>(si, ui), 16);
    v128.store(p, v128.add<T>(mr, ni), 32);
    v128.store(p, v128.sub<T>(mi, nr), 48);
    v128.store(p, v128.sub<T>(sr, ur), 64);
    v128.store(p, v128.sub<T>(si, ui), 80);
    v128.store(p, v128.sub<T>(mr, ni), 96);
    v128.store(p, v128.add<T>(mi, nr), 112);
  }
}

/** The radix-2 pass over blocks of two. */
function lastRadix2Pass<T>(x: usize, half: i32): void {
  const end = x + <usize>half * CELL;
  for (let p = x; p < end; p += 2 * CELL) {
    const ar = v128.load(p), ai = v128.load(p, 16);
    const br = v128.load(p, 32), bi = v128.load(p, 48);
    v128.store(p, v128.add<T>(ar, br));
    v128.store(p, v128.add<T>(ai, bi), 16);
    v128.store(p, v128.sub<T>(ar, br), 32);
    v128.store(p, v128.sub<T>(ai, bi), 48);
  }
}

/**
 * From Z, the transform of z[t] = x[2t] + i x[2t+1], to X: with E = (Z[k] + conj Z[n/2-k]) / 2 and
 * O = (Z[k] - conj Z[n/2-k]) / 2i, X[k] = E + W^k O and X[n/2-k] = conj(E - W^k O).
 */
function splitSpectrum<T>(plan: FftPlan, z: usize, spectrum: usize): void {
  const half = plan.n >> 1;
  const order = plan.order;
  const zero = v128.splat<T>(0), oneHalf = v128.splat<T>(0.5);

  const z0r = v128.load(z), z0i = v128.load(z, 16);
  const nyquist = spectrum + <usize>half * CELL;
  v128.store(spectrum, v128.add<T>(z0r, z0i));
  v128.store(spectrum, zero, 16);
  v128.store(nyquist, v128.sub<T>(z0r, z0i));
  v128.store(nyquist, zero, 16);

  for (let k = 1; k <= half >> 1; k++) {
    const a = z + load<u32>(order + <usize>k * 4);
    const b = z + load<u32>(order + <usize>(half - k) * 4);
    const ar = v128.mul<T>(v128.load(a), oneHalf), ai = v128.mul<T>(v128.load(a, 16), oneHalf);
    const br = v128.mul<T>(v128.load(b), oneHalf), bi = v128.mul<T>(v128.load(b, 16), oneHalf);
    const er = v128.add<T>(ar, br), ei = v128.sub<T>(ai, bi);
    const or = v128.add<T>(ai, bi), oi = v128.sub<T>(br, ar);
    const w = plan.split + <usize>k * 2 * sizeof<T>();
    const wr = v128.load_splat<T>(w), wi = v128.load_splat<T>(w + sizeof<T>());
    const tr = nmadd<T>(oi, wi, v128.mul<T>(or, wr));
    const ti = madd<T>(oi, wr, v128.mul<T>(or, wi));
    const low = spectrum + <usize>k * CELL;
    const high = spectrum + <usize>(half - k) * CELL;
    v128.store(high, v128.sub<T>(er, tr));
    v128.store(high, v128.sub<T>(ti, ei), 16);
    v128.store(low, v128.add<T>(er, tr));
    v128.store(low, v128.add<T>(ei, ti), 16);
  }
}

/** Replaces the spectrum of four frames by its power: bin k is then 16 bytes, |X[k]|^2 a frame. */
export function power4(plan: FftPlan, spectrum: usize): void {
  let to = spectrum;
  const end = spectrum + <usize>((plan.n >> 1) + 1) * CELL;
  for (let from = spectrum; from < end; from += CELL, to += 16) {
    const re = v128.load(from), im = v128.load(from, 16);
    v128.store(to, madd<f32>(im, im, f32x4.mul(re, re)));
  }
}
