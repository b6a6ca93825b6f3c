/** Power to decibels, as `librosa.power_to_db`: 10 log10(max(amin, power)), four f32 at a time. */
import { log4 } from "./log";

/** Decibels a neper of power: 10 / ln 10. */
const DECIBELS: f32 = 4.342944819032518;

/** Decibels of four powers, none of them counted as less than `amin`, a normal f32. */
@inline
export function decibels4(power: v128, amin: f32): v128 {
  return f32x4.mul(log4(f32x4.max(power, f32x4.splat(amin))), f32x4.splat(DECIBELS));
}

/** Raises every value below `floor` to it; `bytes` is a multiple of 16. */
export function raiseTo(floor: f32, values: usize, bytes: usize): void {
  const least = f32x4.splat(floor);
  for (let at = values; at < values + bytes; at += 16) {
    v128.store(at, f32x4.max(v128.load(at), least));
  }
}

/** The greatest of four lanes. */
@inline
export function maxLane(value: v128): f32 {
  return max(
    max(f32x4.extract_lane(value, 0), f32x4.extract_lane(value, 1)),
    max(f32x4.extract_lane(value, 2), f32x4.extract_lane(value, 3)),
  );
}

/**
 * Turns the `n` powers at `x` into decibels above `ref`, in place, none further below the loudest than
 * `topDb`. Memory can be read and written up to a multiple of four.
 */
export function powerToDb(x: usize, n: i32, ref: f32, amin: f32, topDb: f32): void {
  // The last vector goes on with the last value, so that nothing foreign counts as the loudest.
  const last = load<f32>(x + <usize>(n - 1) * 4);
  const end = x + (<usize>(n + 3) & ~3) * 4;
  for (let at = x + <usize>n * 4; at < end; at += 4) store<f32>(at, last);
  const zero = decibels4(f32x4.splat(ref), amin);
  let greatest = f32x4.splat(-Infinity);
  for (let at = x; at < end; at += 16) {
    const level = f32x4.sub(decibels4(v128.load(at), amin), zero);
    greatest = f32x4.max(greatest, level);
    v128.store(at, level);
  }
  raiseTo(maxLane(greatest) - topDb, x, end - x);
}
