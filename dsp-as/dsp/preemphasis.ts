/** Pre-emphasis, the first-order high-pass filter y[t] = x[t] - c x[t-1]. */
import { alloc } from "./arena";

/** The filter over `n` samples; `state` is what stands for -c x[-1]. */
export function runPreemphasis(x: usize, n: i32, c: f32, state: f32): usize {
  const out = alloc(<usize>n * 4);
  emphasise(x, n, c, state, out);
  return out;
}

/** As `runPreemphasis`, into memory that is there already. */
export function emphasise(x: usize, n: i32, c: f32, state: f32, to: usize): void {
  store<f32>(to, load<f32>(x) + state);
  const weight = f32x4.splat(c);
  let t = 1;
  for (; t + 4 <= n; t += 4) {
    const at = x + <usize>t * 4;
    const before = f32x4.mul(weight, v128.load(at - 4));
    v128.store(to + <usize>t * 4, f32x4.sub(v128.load(at), before));
  }
  for (; t < n; t++) {
    const at = x + <usize>t * 4;
    store<f32>(to + <usize>t * 4, load<f32>(at) - c * load<f32>(at - 4));
  }
}
