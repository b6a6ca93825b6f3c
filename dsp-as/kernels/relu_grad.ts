/** dx [n] = dy where y, the result of max(x, 0), is above zero, else 0. */
export function reluGradient(n: i32, y: usize, dy: usize, dx: usize): void {
  let i: i32 = 0;
  for (; i <= n - 4; i += 4, y += 16, dy += 16, dx += 16) {
    v128.store(dx, v128.and(v128.load(dy), f32x4.gt(v128.load(y), f32x4.splat(0))));
  }
  for (; i < n; i++, y += 4, dy += 4, dx += 4) store<f32>(dx, load<f32>(y) > 0 ? load<f32>(dy) : 0);
}
