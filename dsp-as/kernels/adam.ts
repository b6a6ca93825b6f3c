// Adam: D. P. Kingma and J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, in the form of
// the end of its section 2, which Keras uses: the bias corrections of both moments are folded into
// `alpha`, so epsilon stands beside the uncorrected second moment.

import { packEights, packFours } from "./pack";
import { multiplyPanels } from "./panels";

/** Rows of weights that denseAdam() takes at a time. */
const ROWS: i32 = 64;

/**
 * One step over n weights in one pass over memory: m and v are updated in place, the new weights go to
 * `to`, which may be `w` itself. rate1 = 1 - beta1 and rate2 = 1 - beta2 come rounded once: 1 - 0.999 in
 * single precision would be off by 5e-5.
 */
export function adam(
  n: i32, w: usize, g: usize, m: usize, v: usize, to: usize,
  alpha: f32, rate1: f32, rate2: f32, epsilon: f32,
): void {
  let i: i32 = 0;
  for (; i <= n - 4; i += 4) {
    const at = <usize>i << 2;
    adamOfFour(v128.load(g + at), w + at, m + at, v + at, to + at, alpha, rate1, rate2, epsilon);
  }
  for (; i < n; i++) {
    const at = <usize>i << 2;
    adamOfOne(load<f32>(g + at), w + at, m + at, v + at, to + at, alpha, rate1, rate2, epsilon);
  }
}

// @ts-ignore: decorator
@inline
function adamOfFour(
  grad: v128, w: usize, m: usize, v: usize, to: usize,
  alpha: f32, rate1: f32, rate2: f32, epsilon: f32,
): void {
  let m1 = v128.load(m), v1 = v128.load(v);
  m1 = f32x4.add(m1, f32x4.mul(f32x4.sub(grad, m1), f32x4.splat(rate1)));
  v1 = f32x4.add(v1, f32x4.mul(f32x4.sub(f32x4.mul(grad, grad), v1), f32x4.splat(rate2)));
  v128.store(m, m1);
  v128.store(v, v1);
  const scaled = f32x4.mul(f32x4.splat(alpha), m1);
  const step = f32x4.div(scaled, f32x4.add(f32x4.sqrt(v1), f32x4.splat(epsilon)));
  v128.store(to, f32x4.sub(v128.load(w), step));
}

// @ts-ignore: decorator
@inline
function adamOfOne(
  grad: f32, w: usize, m: usize, v: usize, to: usize,
  alpha: f32, rate1: f32, rate2: f32, epsilon: f32,
): void {
  let m1 = load<f32>(m), v1 = load<f32>(v);
  m1 += (grad - m1) * rate1;
  v1 += (grad * grad - v1) * rate2;
  store<f32>(m, m1);
  store<f32>(v, v1);
  store<f32>(to, load<f32>(w) - alpha * m1 / (sqrt<f32>(v1) + epsilon));
}

/** Bytes of scratch memory that denseAdam() needs. */
export function denseAdamScratchBytes(cols: i32, batch: i32): i32 {
  const padded = (cols + 7) & ~7;
  return (padded * 4 + (padded + ROWS) * batch) << 2;
}

/**
 * One step over the kernel [rows, cols] of a dense layer from its input x [batch, rows] and the gradient dy
 * [batch, cols] of its output. The kernel's own gradient, x^T dy, is worked out four rows at a time and used
 * at once: it is as large as the kernel, and writing and reading it would take longer than computing it.
 */
export function denseAdam(
  rows: i32, cols: i32, batch: i32, x: usize, dy: usize, w: usize, m: usize, v: usize, to: usize,
  alpha: f32, rate1: f32, rate2: f32, epsilon: f32, scratch: usize,
): void {
  const padded = (cols + 7) & ~7;
  const line = <usize>cols << 2, gradientLine = <usize>padded << 2;
  const gradient = scratch;
  const panelsX = gradient + 4 * gradientLine;
  const panelsY = panelsX + (<usize>ROWS * batch << 2);
  packEights(panelsY, dy, batch, cols, cols, 1);
  for (let first: i32 = 0; first < rows; first += ROWS) {
    const count = min(ROWS, rows - first);
    packFours(panelsX, x + (<usize>first << 2), count, batch, 1, rows);
    for (let i: i32 = 0; i < count; i += 4) {
      multiplyPanels(4, padded, batch, panelsX + (<usize>i * batch << 2), panelsY, gradient, gradientLine, false);
      const lines = min(4, count - i);
      let at = <usize>(first + i) * line;
      if (padded == cols) {
        adam(lines * cols, w + at, gradient, m + at, v + at, to + at, alpha, rate1, rate2, epsilon);
        continue;
      }
      for (let r: i32 = 0; r < lines; r++, at += line) {
        const g = gradient + r * gradientLine;
        adam(cols, w + at, g, m + at, v + at, to + at, alpha, rate1, rate2, epsilon);
      }
    }
  }
}
