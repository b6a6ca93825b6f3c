/**
 * Natural logarithm of four positive normal f32, within two units in the last place: the polynomial of
 * `logf` in S. L. Moshier's Cephes library, after x = m 2^e with sqrt(1/2) <= m < sqrt(2).
 */
@inline
export function log4(x: v128): v128 {
  // Subtracting the bits of sqrt(1/2) moves the carry of the mantissa into the exponent.
  const shifted = i32x4.sub(x, i32x4.splat(0x3f3504f3));
  const e = f32x4.convert_i32x4_s(i32x4.shr_s(shifted, 23));
  const bits = i32x4.add(
    v128.and(shifted, i32x4.splat(0x007fffff)),
    i32x4.splat(0x3f3504f3),
  );
  const m = f32x4.sub(bits, f32x4.splat(1));
  const m2 = f32x4.mul(m, m);
  let p = f32x4.splat(7.0376836292e-2);
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-1.1514610310e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(1.1676998740e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-1.2420140846e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(1.4249322787e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-1.6668057665e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(2.0000714765e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-2.4999993993e-1));
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(3.3333331174e-1));
  p = f32x4.mul(f32x4.mul(p, m), m2);
  // ln 2 in two parts: e times the first is exact.
  p = f32x4.add(p, f32x4.mul(e, f32x4.splat(-2.12194440e-4)));
  p = f32x4.sub(p, f32x4.mul(m2, f32x4.splat(0.5)));
  return f32x4.add(f32x4.add(m, p), f32x4.mul(e, f32x4.splat(0.693359375)));
}
