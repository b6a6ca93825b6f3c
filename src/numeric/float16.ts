/** Bits of the float32 number 0.5, whose last place is that of the smallest half-precision number. */
const HALF_BITS = 0x3f000000;

/**
 * Rounds numbers to half precision (IEEE 754 binary16), to the nearest and ties to even, and gives
 * their bits. What is larger than 65504 by half a step or more becomes infinite.
 *
 * @example
 * ```ts
 * import { fromFloat16, toFloat16 } from "./float16.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(toFloat16(Float32Array.of(1, -2)), Uint16Array.of(0x3c00, 0xc000));
 * assert.deepEqual(fromFloat16(toFloat16(Float32Array.of(0.1))), Float32Array.of(0.0999755859375));
 * ```
 */
export function toFloat16(values: Float32Array): Uint16Array<ArrayBuffer> {
  const float = new Float32Array(1);
  const word = new Uint32Array(float.buffer);
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    float[0] = values[i];
    const sign = (word[0] >>> 16) & 0x8000;
    const magnitude = word[0] & 0x7fffffff;
    let half: number;
    if (magnitude > 0x7f800000) half = 0x7e00;
    else if (magnitude >= 0x47800000) half = 0x7c00;
    else if (magnitude < 0x38800000) {
      // Below 2^-14 steps are even: adding 0.5 lets float32 do the rounding.
      word[0] = magnitude;
      float[0] += 0.5;
      half = word[0] - HALF_BITS;
    } else {
      // The exponent's bias goes from 127 to 15; 13 bits of the fraction are rounded away.
      half = (magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1)) >>> 13;
    }
    halves[i] = sign | half;
  }
  return halves;
}

/**
 * The float32 numbers whose half-precision bits are `halves`. Every one of them is exact.
 *
 * @param values Where to write them, as many as there are `halves`: an array of its own by default.
 */
export function fromFloat16(
  halves: Uint16Array,
  values: Float32Array<ArrayBuffer> = new Float32Array(halves.length),
): Float32Array<ArrayBuffer> {
  all ??= allHalves();
  for (let i = 0; i < halves.length; i++) values[i] = all[halves[i]];
  return values;
}

/** The number of every pattern of bits: networks are millions of them, and looking them up is a third of the work. */
let all: Float32Array | undefined;

function allHalves(): Float32Array {
  const float = new Float32Array(1);
  const word = new Uint32Array(float.buffer);
  return Float32Array.from({ length: 0x10000 }, (_, half) => {
    const exponent = (half >>> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) float[0] = fraction * 2 ** -24;
    else word[0] = ((exponent === 31 ? 255 : exponent + 112) << 23) | (fraction << 13);
    return half & 0x8000 ? -float[0] : float[0];
  });
}
