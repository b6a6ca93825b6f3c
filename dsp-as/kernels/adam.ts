// Adam: D. P. Kingma and J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, in the form of
// the end of its section 2, which Keras uses: the bias corrections of both moments are folded into
// `alpha`, so epsilon stands beside the uncorrected second moment.

/**
 * One step over n weights in one pass over memory: m and v are updated in place, the new weights go to
 * `to`, which may be `w` itself. rate1 = 1 - beta1 and rate2 = 1 - beta2 come rounded once: 1 - 0.999 in
 * single precision would be off by 5e-5.
 */
export function adam(
  n: i32, w: usize, g: usize, m: usize, v: usize, to: usize,
  alpha: f32, rate1: f32, rate2: f32, epsilon: f32,
): void {
  const r1 = f32x4.splat(rate1), r2 = f32x4.splat(rate2);
  const rate = f32x4.splat(alpha), eps = f32x4.splat(epsilon);
  let i: i32 = 0;
  for (; i <= n - 4; i += 4) {
    const at = <usize>i << 2;
    const grad = v128.load(g + at);
    let m1 = v128.load(m + at), v1 = v128.load(v + at);
    m1 = f32x4.add(m1, f32x4.mul(f32x4.sub(grad, m1), r1));
    v1 = f32x4.add(v1, f32x4.mul(f32x4.sub(f32x4.mul(grad, grad), v1), r2));
    v128.store(m + at, m1);
    v128.store(v + at, v1);
    const step = f32x4.div(f32x4.mul(rate, m1), f32x4.add(f32x4.sqrt(v1), eps));
    v128.store(to + at, f32x4.sub(v128.load(w + at), step));
  }
  for (; i < n; i++) {
    const at = <usize>i << 2;
    const grad = load<f32>(g + at);
    let m1 = load<f32>(m + at), v1 = load<f32>(v + at);
    m1 += (grad - m1) * rate1;
    v1 += (grad * grad - v1) * rate2;
    store<f32>(m + at, m1);
    store<f32>(v + at, v1);
    store<f32>(to + at, load<f32>(w + at) - alpha * m1 / (sqrt<f32>(v1) + epsilon));
  }
}
