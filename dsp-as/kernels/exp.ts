import { madd, nmadd } from "../dsp/madd";

/**
 * e^x of four f32, within two units in the last place: the polynomial of `expf` in S. L. Moshier's Cephes library,
 * after x = m + n ln 2 with |m| <= ln 2 / 2. Below -87.3 it stays at the least normal number, above 88 at e^88.
 */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  x = f32x4.min(f32x4.max(x, f32x4.splat(-87.3)), f32x4.splat(88));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504088896341)));
  // ln 2 in two parts: n times the first is exact.
  x = nmadd<f32>(n, f32x4.splat(0.693359375), x);
  x = nmadd<f32>(n, f32x4.splat(-2.12194440e-4), x);
  let p = f32x4.splat(1.9875691500e-4);
  p = madd<f32>(p, x, f32x4.splat(1.3981999507e-3));
  p = madd<f32>(p, x, f32x4.splat(8.3334519073e-3));
  p = madd<f32>(p, x, f32x4.splat(4.1665795894e-2));
  p = madd<f32>(p, x, f32x4.splat(1.6666665459e-1));
  p = madd<f32>(p, x, f32x4.splat(5.0000001201e-1));
  p = f32x4.add(madd<f32>(p, f32x4.mul(x, x), x), f32x4.splat(1));
  // 2^n by its exponent bits.
  const bits = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(p, bits);
}
