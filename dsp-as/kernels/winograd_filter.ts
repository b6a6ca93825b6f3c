// Filters of Winograd's convolution, transformed once.

import { filterPoints } from "./winograd_points";
import { pointBytes, up } from "./winograd_sizes";

/** Bytes that a filter takes at `pointsDown` x `pointsAcross` points, six or eight each way. */
export function winogradFilterBytes(inC: i32, outC: i32, pointsDown: i32, pointsAcross: i32): i32 {
  return <i32>(<usize>(pointsDown * pointsAcross) * pointBytes(up(inC, 4), up(outC, 8)));
}

/** Transforms a filter [3, 3, inC, outC] to [points][outC / 8][inC][8]; `scratch` is that of the convolution. */
export function winogradFilter(
  w: usize, inC: i32, outC: i32, pointsDown: i32, pointsAcross: i32, to: usize, scratch: usize,
): void {
  const cp = up(inC, 4), kp = up(outC, 8);
  const step = pointBytes(cp, kp);
  const row = <usize>outC << 2;
  const taps = scratch + 384;
  memory.fill(to, 0, winogradFilterBytes(inC, outC, pointsDown, pointsAcross));
  for (let k: i32 = 0; k < outC; k += 4) {
    for (let c: i32 = 0; c < inC; c++) {
      let tap = w + ((<usize>c * outC + k) << 2);
      if (k + 4 <= outC) {
        for (let i: i32 = 0; i < 9; i++, tap += inC * row) v128.store(taps + (i << 4), v128.load(tap));
      } else {
        memory.fill(taps, 0, 144);
        for (let i: i32 = 0; i < 9; i++, tap += inC * row) {
          memory.copy(taps + (i << 4), tap, <usize>(outC - k) << 2);
        }
      }
      for (let j: usize = 0; j < 48; j += 16) filterPoints(taps + j, 48, scratch + j, 48, pointsDown == 8);
      let at = to + ((<usize>(k >> 3) * cp + c) << 5) + ((k & 4) << 2);
      for (let i: i32 = 0; i < pointsDown; i++, at += pointsAcross * step) {
        filterPoints(scratch + i * 48, 16, at, step, pointsAcross == 8);
      }
    }
  }
}
