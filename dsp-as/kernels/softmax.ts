// Softmax over rows, e^(x - m) / sum e^(x - m) with m the row's largest number, and its gradient.

import { exp4 } from "./exp";
import { loadSome, storeSome, sumOf } from "./some";

/** y [rows, cols] = the softmax of scale x, row by row; y may be x. `scale` is above 0. */
export function softmax(rows: i32, cols: i32, x: usize, y: usize, scale: f32): void {
  const line = <usize>cols << 2;
  for (let r: i32 = 0; r < rows; r++, x += line, y += line) softmaxRow(cols, x, y, scale);
}

function softmaxRow(n: i32, x: usize, y: usize, scale: f32): void {
  let most = f32x4.splat(-Infinity);
  for (let i: i32 = 0; i < n; i += 4) {
    most = f32x4.max(most, loadSome(x + (<usize>i << 2), n - i, -Infinity));
  }
  const top = max<f32>(
    max<f32>(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max<f32>(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
  const from = f32x4.splat(top), factor = f32x4.splat(scale);
  let sums = f32x4.splat(0);
  let i: i32 = 0;
  for (; i <= n - 4; i += 4) {
    const at = <usize>i << 2;
    const power = exp4(f32x4.mul(f32x4.sub(v128.load(x + at), from), factor));
    sums = f32x4.add(sums, power);
    v128.store(y + at, power);
  }
  let sum = sumOf(sums);
  for (; i < n; i++) {
    const at = <usize>i << 2;
    const power = f32x4.extract_lane(exp4(f32x4.splat((load<f32>(x + at) - top) * scale)), 0);
    sum += power;
    store<f32>(y + at, power);
  }
  const share = f32x4.splat(<f32>1 / sum);
  for (i = 0; i < n; i += 4) {
    const at = y + (<usize>i << 2);
    storeSome(at, f32x4.mul(loadSome(at, n - i, 0), share), n - i);
  }
}

/** dx [rows, cols] = scale y (dy - sum of y dy over the row), from the result y; dx may be dy. */
export function softmaxGradient(rows: i32, cols: i32, y: usize, dy: usize, dx: usize, scale: f32): void {
  const line = <usize>cols << 2;
  for (let r: i32 = 0; r < rows; r++, y += line, dy += line, dx += line) {
    let sums = f32x4.splat(0);
    for (let i: i32 = 0; i < cols; i += 4) {
      const at = <usize>i << 2;
      sums = f32x4.add(sums, f32x4.mul(loadSome(y + at, cols - i, 0), loadSome(dy + at, cols - i, 0)));
    }
    const mean = f32x4.splat(sumOf(sums)), factor = f32x4.splat(scale);
    for (let i: i32 = 0; i < cols; i += 4) {
      const at = <usize>i << 2;
      const part = f32x4.mul(loadSome(y + at, cols - i, 0), factor);
      storeSome(dx + at, f32x4.mul(part, f32x4.sub(loadSome(dy + at, cols - i, 0), mean)), cols - i);
    }
  }
}
