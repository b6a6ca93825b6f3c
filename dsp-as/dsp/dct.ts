/**
 * Discrete cosine transform, type II, orthonormal (`scipy.fft.dct(type=2, norm="ortho")`):
 * y[k] = s[k] sum over m of x[m] cos(pi k (2m + 1) / 2n), s[0] = sqrt(1/n), otherwise sqrt(2/n).
 */
import { alloc } from "./arena";
import { madd } from "./madd";

/** The first `outputs` rows of the transform of `n` values: f32, one row after the other. */
export function createDct(n: i32, outputs: i32): usize {
  const table = alloc(<usize>n * <usize>outputs * 4);
  let at = table;
  for (let k = 0; k < outputs; k++) {
    const scale = Math.sqrt((k == 0 ? 1.0 : 2.0) / <f64>n);
    for (let m = 0; m < n; m++, at += 4) {
      // The cosine repeats every 4n steps of k (2m + 1): a small argument keeps it exact.
      const angle = Math.PI * <f64>((k * (2 * m + 1)) % (4 * n)) / <f64>(2 * n);
      store<f32>(at, <f32>(scale * Math.cos(angle)));
    }
  }
  return table;
}

/**
 * Output k of four frames: `row` is row k of the table, `x` the frames' first value, `stride` the bytes
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

/** All `outputs` outputs of four vectors: `x` and `out` hold 16 bytes a value, one lane a vector. */
export function runDct4(table: usize, n: i32, outputs: i32, x: usize, out: usize): void {
  for (let k = 0; k < outputs; k++) {
    v128.store(out + <usize>k * 16, dct4(table + <usize>(k * n) * 4, n, x, 16));
  }
}
