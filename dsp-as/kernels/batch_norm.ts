// Batch normalisation of the columns of x [rows, cols] by their own mean and variance, and its gradient:
// S. Ioffe and C. Szegedy, "Batch normalization", ICML 2015.

import { addTo, BLOCK, columnSums } from "./columns";

/**
 * y = (x - mean) / sqrt(variance + epsilon) gamma + beta, and what it takes: `mean`, `variance` (divided by the
 * number of rows) and `inverse`, 1 / sqrt(variance + epsilon), each [cols]. `scratch` is room for cols numbers.
 */
export function batchNorm(
  rows: i32, cols: i32, x: usize, gamma: usize, beta: usize,
  y: usize, mean: usize, variance: usize, inverse: usize, epsilon: f32, scratch: usize,
): void {
  columnSums(rows, cols, x, mean, scratch);
  divide(mean, cols, <f32>rows);
  const line = <usize>cols << 2;
  memory.fill(variance, 0, line);
  let from = x;
  for (let first: i32 = 0; first < rows; first += BLOCK) {
    const sums = first == 0 ? variance : scratch;
    if (first > 0) memory.fill(sums, 0, line);
    for (let r = min(BLOCK, rows - first); r > 0; r--, from += line) addSquares(sums, from, mean, cols);
    if (first > 0) addTo(variance, sums, cols);
  }
  divide(variance, cols, <f32>rows);
  for (let at: usize = 0; at < line; at += 4) {
    store<f32>(inverse + at, 1 / sqrt<f32>(load<f32>(variance + at) + epsilon));
  }
  for (let r: i32 = 0; r < rows; r++, x += line, y += line) {
    let at: usize = 0;
    for (; at + 16 <= line; at += 16) {
      const unit = f32x4.mul(f32x4.sub(v128.load(x + at), v128.load(mean + at)), v128.load(inverse + at));
      v128.store(y + at, f32x4.add(f32x4.mul(unit, v128.load(gamma + at)), v128.load(beta + at)));
    }
    for (; at < line; at += 4) {
      const unit = (load<f32>(x + at) - load<f32>(mean + at)) * load<f32>(inverse + at);
      store<f32>(y + at, unit * load<f32>(gamma + at) + load<f32>(beta + at));
    }
  }
}

/**
 * The gradients dx [rows, cols], dGamma and dBeta [cols] from dy. The batch's mean and variance depend on x too:
 * dx = gamma / sqrt(variance + epsilon) (dy - (unit dGamma + dBeta) / rows). `scratch` is room for cols numbers.
 */
export function batchNormGradient(
  rows: i32, cols: i32, x: usize, dy: usize, gamma: usize, mean: usize, inverse: usize,
  dx: usize, dGamma: usize, dBeta: usize, scratch: usize,
): void {
  columnSums(rows, cols, dy, dBeta, scratch);
  const line = <usize>cols << 2;
  memory.fill(dGamma, 0, line);
  let fromX = x, fromDy = dy;
  for (let first: i32 = 0; first < rows; first += BLOCK) {
    const sums = first == 0 ? dGamma : scratch;
    if (first > 0) memory.fill(sums, 0, line);
    for (let r = min(BLOCK, rows - first); r > 0; r--, fromX += line, fromDy += line) {
      addProducts(sums, fromX, fromDy, mean, inverse, cols);
    }
    if (first > 0) addTo(dGamma, sums, cols);
  }
  const share: f32 = 1 / <f32>rows;
  for (let r: i32 = 0; r < rows; r++, x += line, dy += line, dx += line) {
    let at: usize = 0;
    for (; at + 16 <= line; at += 16) {
      const factor = v128.load(inverse + at);
      const unit = f32x4.mul(f32x4.sub(v128.load(x + at), v128.load(mean + at)), factor);
      const means = f32x4.add(f32x4.mul(unit, v128.load(dGamma + at)), v128.load(dBeta + at));
      const direct = f32x4.sub(v128.load(dy + at), f32x4.mul(means, f32x4.splat(share)));
      v128.store(dx + at, f32x4.mul(direct, f32x4.mul(v128.load(gamma + at), factor)));
    }
    for (; at < line; at += 4) {
      const factor = load<f32>(inverse + at);
      const unit = (load<f32>(x + at) - load<f32>(mean + at)) * factor;
      const means = unit * load<f32>(dGamma + at) + load<f32>(dBeta + at);
      store<f32>(dx + at, (load<f32>(dy + at) - means * share) * (load<f32>(gamma + at) * factor));
    }
  }
}

function divide(x: usize, n: i32, by: f32): void {
  for (const end = x + (<usize>n << 2); x < end; x += 4) store<f32>(x, load<f32>(x) / by);
}

/** to [n] += (x - mean)^2. */
function addSquares(to: usize, x: usize, mean: usize, n: i32): void {
  const line = <usize>n << 2;
  let at: usize = 0;
  for (; at + 16 <= line; at += 16) {
    const centred = f32x4.sub(v128.load(x + at), v128.load(mean + at));
    v128.store(to + at, f32x4.add(v128.load(to + at), f32x4.mul(centred, centred)));
  }
  for (; at < line; at += 4) {
    const centred = load<f32>(x + at) - load<f32>(mean + at);
    store<f32>(to + at, load<f32>(to + at) + centred * centred);
  }
}

/** to [n] += dy (x - mean) inverse. */
function addProducts(to: usize, x: usize, dy: usize, mean: usize, inverse: usize, n: i32): void {
  const line = <usize>n << 2;
  let at: usize = 0;
  for (; at + 16 <= line; at += 16) {
    const unit = f32x4.mul(f32x4.sub(v128.load(x + at), v128.load(mean + at)), v128.load(inverse + at));
    v128.store(to + at, f32x4.add(v128.load(to + at), f32x4.mul(v128.load(dy + at), unit)));
  }
  for (; at < line; at += 4) {
    const unit = (load<f32>(x + at) - load<f32>(mean + at)) * load<f32>(inverse + at);
    store<f32>(to + at, load<f32>(to + at) + load<f32>(dy + at) * unit);
  }
}
