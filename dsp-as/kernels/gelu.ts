// GELU, x Phi(x) with the normal distribution's own Phi (D. Hendrycks and K. Gimpel, "Gaussian error linear units",
// 2016), not its approximation by tanh, and its gradient Phi(x) + x phi(x).

import { madd } from "../dsp/madd";
import { exp4 } from "./exp";
import { loadSome, storeSome } from "./some";

/** y [n] = x Phi(x); y may be x. */
export function gelu(n: i32, x: usize, y: usize): void {
  for (let i: i32 = 0; i < n; i += 4, x += 16, y += 16) {
    const v = loadSome(x, n - i, 0);
    storeSome(y, f32x4.mul(v, phi4(v)), n - i);
  }
}

/** dx [n] = dy (Phi(x) + x e^(-x^2 / 2) / sqrt(2 pi)). */
export function geluGradient(n: i32, x: usize, dy: usize, dx: usize): void {
  for (let i: i32 = 0; i < n; i += 4, x += 16, dy += 16, dx += 16) {
    const v = loadSome(x, n - i, 0);
    const density = f32x4.mul(exp4(f32x4.mul(f32x4.mul(v, v), f32x4.splat(-0.5))), f32x4.splat(0.3989422804014327));
    storeSome(dx, f32x4.mul(loadSome(dy, n - i, 0), madd<f32>(v, density, phi4(v))), n - i);
  }
}

/**
 * Phi(x) = (1 + erf(x / sqrt 2)) / 2. erf is the rational function of odd degree 13 over degree 8 of Eigen and
 * XLA (`ErfImpl32`), for arguments between -4 and 4, beyond which erf is 1 to single precision.
 */
// @ts-ignore: decorator
@inline
function phi4(x: v128): v128 {
  const limit = f32x4.splat(4);
  const t = f32x4.min(f32x4.max(f32x4.mul(x, f32x4.splat(0.7071067811865476)), f32x4.neg(limit)), limit);
  const t2 = f32x4.mul(t, t);
  let p = f32x4.splat(-2.72614225801306e-10);
  p = madd<f32>(p, t2, f32x4.splat(2.77068142495902e-08));
  p = madd<f32>(p, t2, f32x4.splat(-2.10102402082508e-06));
  p = madd<f32>(p, t2, f32x4.splat(-5.69250639462346e-05));
  p = madd<f32>(p, t2, f32x4.splat(-7.34990630326855e-04));
  p = madd<f32>(p, t2, f32x4.splat(-2.95459980854025e-03));
  p = madd<f32>(p, t2, f32x4.splat(-1.60960333262415e-02));
  let q = f32x4.splat(-1.45660718464996e-05);
  q = madd<f32>(q, t2, f32x4.splat(-2.13374055278905e-04));
  q = madd<f32>(q, t2, f32x4.splat(-1.68282697438203e-03));
  q = madd<f32>(q, t2, f32x4.splat(-7.37332916720468e-03));
  q = madd<f32>(q, t2, f32x4.splat(-1.42647390514189e-02));
  const erf = f32x4.div(f32x4.mul(t, p), q);
  return madd<f32>(erf, f32x4.splat(0.5), f32x4.splat(0.5));
}
