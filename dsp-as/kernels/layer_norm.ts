// Layer normalisation, each row of x [rows, cols] by its own mean and variance, and its gradient: J. L. Ba,
// J. R. Kiros and G. E. Hinton, "Layer normalization", 2016.

import { addTo, BLOCK } from "./columns";
import { loadSome, storeSome, sumOf } from "./some";

/**
 * y = (x - mean) / sqrt(variance + epsilon) gamma + beta; `mean` and `inverse`, 1 / sqrt(variance + epsilon), are
 * [rows], `gamma` and `beta` [cols]. The variance is divided by the number of columns.
 */
export function layerNorm(
  rows: i32, cols: i32, x: usize, gamma: usize, beta: usize, y: usize, mean: usize, inverse: usize, epsilon: f32,
): void {
  const line = <usize>cols << 2;
  for (let r: i32 = 0; r < rows; r++, x += line, y += line, mean += 4, inverse += 4) {
    let sums = f32x4.splat(0);
    for (let i: i32 = 0; i < cols; i += 4) sums = f32x4.add(sums, loadSome(x + (<usize>i << 2), cols - i, 0));
    const middle = sumOf(sums) / <f32>cols;
    const centre = f32x4.splat(middle);
    sums = f32x4.splat(0);
    for (let i: i32 = 0; i < cols; i += 4) {
      const off = f32x4.sub(loadSome(x + (<usize>i << 2), cols - i, middle), centre);
      sums = f32x4.add(sums, f32x4.mul(off, off));
    }
    const factor: f32 = <f32>1 / sqrt<f32>(sumOf(sums) / <f32>cols + epsilon);
    store<f32>(mean, middle);
    store<f32>(inverse, factor);
    const factors = f32x4.splat(factor);
    for (let i: i32 = 0; i < cols; i += 4) {
      const at = <usize>i << 2, count = cols - i;
      const unit = f32x4.mul(f32x4.sub(loadSome(x + at, count, middle), centre), factors);
      const scaled = f32x4.mul(unit, loadSome(gamma + at, count, 0));
      storeSome(y + at, f32x4.add(scaled, loadSome(beta + at, count, 0)), count);
    }
  }
}

/**
 * The gradients dx [rows, cols], dGamma and dBeta [cols] from dy. With g = gamma dy and unit the normalised row,
 * dx = (g - mean of g - unit mean of (g unit)) / sqrt(variance + epsilon). `scratch` is room for 2 cols numbers.
 */
export function layerNormGradient(
  rows: i32, cols: i32, x: usize, dy: usize, gamma: usize, mean: usize, inverse: usize,
  dx: usize, dGamma: usize, dBeta: usize, scratch: usize,
): void {
  const line = <usize>cols << 2;
  const gammas = scratch, betas = scratch + line;
  memory.fill(dGamma, 0, line);
  memory.fill(dBeta, 0, line);
  for (let first: i32 = 0; first < rows; first += BLOCK) {
    memory.fill(scratch, 0, 2 * line);
    for (let r = min(BLOCK, rows - first); r > 0; r--, x += line, dy += line, dx += line, mean += 4, inverse += 4) {
      const middle = load<f32>(mean);
      const centre = f32x4.splat(middle), factor = f32x4.splat(load<f32>(inverse));
      let direct = f32x4.splat(0), along = direct;
      for (let i: i32 = 0; i < cols; i += 4) {
        const at = <usize>i << 2, count = cols - i;
        const d = loadSome(dy + at, count, 0);
        const unit = f32x4.mul(f32x4.sub(loadSome(x + at, count, middle), centre), factor);
        const onUnit = f32x4.mul(d, unit), scale = loadSome(gamma + at, count, 0);
        storeSome(gammas + at, f32x4.add(loadSome(gammas + at, count, 0), onUnit), count);
        direct = f32x4.add(direct, f32x4.mul(d, scale));
        along = f32x4.add(along, f32x4.mul(onUnit, scale));
      }
      addTo(betas, dy, cols);
      const meanDirect = f32x4.splat(sumOf(direct) / <f32>cols), meanAlong = f32x4.splat(sumOf(along) / <f32>cols);
      for (let i: i32 = 0; i < cols; i += 4) {
        const at = <usize>i << 2, count = cols - i;
        const unit = f32x4.mul(f32x4.sub(loadSome(x + at, count, middle), centre), factor);
        const g = f32x4.mul(loadSome(dy + at, count, 0), loadSome(gamma + at, count, 0));
        const rest = f32x4.sub(f32x4.sub(g, meanDirect), f32x4.mul(unit, meanAlong));
        storeSome(dx + at, f32x4.mul(rest, factor), count);
      }
    }
    addTo(dGamma, gammas, cols);
    addTo(dBeta, betas, cols);
  }
}
