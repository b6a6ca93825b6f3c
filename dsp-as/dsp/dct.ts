/**
 * Discrete cosine transform, type II: y[k] = s[k] sum over m of x[m] cos(pi k (2m + 1) / 2n). Orthonormal
 * (`scipy.fft.dct(type=2, norm="ortho")`) with s[0] = sqrt(1/n) and otherwise sqrt(2/n); not normalised
 * (`norm=None`) with s = 2.
 */
import { alloc } from "./arena";
import { storeLanes } from "./frame";
import { madd } from "./madd";

/**
 * The first `outputs` rows of the transform of `n` values: f32, one row after the other. Row k is
 * weighted by 1 + lifter/2 sin(pi (k + first) / lifter), which raises the middle of a cepstrum (B.-H.
 * Juang, L. Rabiner and J. Wilpon, IEEE Trans. ASSP 35(7), 1987); `lifter` 0 leaves it as it is.
 */
export function createDct(n: i32, outputs: i32, ortho: bool, lifter: f64, first: i32): usize {
  const table = alloc(<usize>n * <usize>outputs * 4);
  let at = table;
  for (let k = 0; k < outputs; k++) {
    let scale = ortho ? Math.sqrt((k == 0 ? 1.0 : 2.0) / <f64>n) : 2.0;
    if (lifter > 0) scale *= 1.0 + lifter / 2.0 * Math.sin(Math.PI * <f64>(k + first) / lifter);
    for (let m = 0; m < n; m++, at += 4) {
      // The cosine repeats every 4n steps of k (2m + 1): a small argument keeps it exact.
      const angle = Math.PI * <f64>((k * (2 * m + 1)) % (4 * n)) / <f64>(2 * n);
      store<f32>(at, <f32>(scale * Math.cos(angle)));
    }
  }
  return table;
}

/**
 * Output k of four columns: `row` is row k of the table, `x` the columns' first value, `stride` the bytes
 * from one value to the next. Four partial sums shorten both the chain of additions and its rounding
 * error.
 */
@inline
export function dct4(row: usize, n: i32, x: usize, stride: usize): v128 {
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
  let m = 0;
  for (; m + 4 <= n; m += 4) {
    s0 = madd<f32>(v128.load32_splat(row), v128.load(x), s0);
    s1 = madd<f32>(v128.load32_splat(row, 4), v128.load(x + stride), s1);
    s2 = madd<f32>(v128.load32_splat(row, 8), v128.load(x + 2 * stride), s2);
    s3 = madd<f32>(v128.load32_splat(row, 12), v128.load(x + 3 * stride), s3);
    row += 16;
    x += 4 * stride;
  }
  for (; m < n; m++, row += 4, x += stride) {
    s0 = madd<f32>(v128.load32_splat(row), v128.load(x), s0);
  }
  return f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
}

/**
 * The transform of every column of `x`, whose rows are `stride` bytes apart and can be read up to a
 * multiple of four columns; `out` has rows of exactly one f32 a column.
 */
export function dctColumns(
  table: usize, n: i32, outputs: i32, x: usize, stride: usize, columns: i32, out: usize,
): void {
  for (let t = 0; t < columns; t += 4) {
    const column = x + <usize>t * 4;
    let row = table;
    let to = out + <usize>t * 4;
    for (let k = 0; k < outputs; k++) {
      storeLanes(to, dct4(row, n, column, stride), columns - t);
      row += <usize>n * 4;
      to += <usize>columns * 4;
    }
  }
}

/** The transform of every column of the `n` rows at `x`: returns `outputs` rows. */
export function runDct(table: usize, n: i32, outputs: i32, x: usize, columns: i32): usize {
  // What is read beyond the last column of the last row is in `out`, and is not used.
  const out = alloc(<usize>outputs * <usize>columns * 4);
  dctColumns(table, n, outputs, x, <usize>columns * 4, columns, out);
  return out;
}
