// Vectors at the ends of rows that are no multiple of four long.

/** `count` numbers (one to four) at an address, and `fill` in the place of those that do not exist. */
// @ts-ignore: decorator
@inline
export function loadSome(at: usize, count: i32, fill: f32): v128 {
  if (count >= 4) return v128.load(at);
  let x = f32x4.replace_lane(f32x4.splat(fill), 0, load<f32>(at));
  if (count > 1) x = f32x4.replace_lane(x, 1, load<f32>(at, 4));
  if (count > 2) x = f32x4.replace_lane(x, 2, load<f32>(at, 8));
  return x;
}

/** Stores the first `count` numbers (one to four) of a vector. */
// @ts-ignore: decorator
@inline
export function storeSome(at: usize, x: v128, count: i32): void {
  if (count >= 4) {
    v128.store(at, x);
    return;
  }
  store<f32>(at, f32x4.extract_lane(x, 0));
  if (count > 1) store<f32>(at, f32x4.extract_lane(x, 1), 4);
  if (count > 2) store<f32>(at, f32x4.extract_lane(x, 2), 8);
}

/** The sum of the numbers of a vector. */
// @ts-ignore: decorator
@inline
export function sumOf(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) +
    (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}
