/** ln 2 in two parts, the first of which times a small whole number is exact. */
const LN2_HIGH = 6.93147180369123816490e-1;
const LN2_LOW = 1.90821492927058770002e-10;

/** Of the approximation of r coth(r / 2) by powers of r^2. */
const P1 = 1.66666666666666019037e-1;
const P2 = -2.77777777770155933842e-3;
const P3 = 6.61375632143793436117e-5;
const P4 = -1.65339022054652515390e-6;
const P5 = 4.13813679705723846039e-8;

/** Beyond these the result is infinite, or 0. */
const LARGEST = 7.09782712893383973096e2;
const SMALLEST = -7.45133219101941108420e2;

/** The least exponent of a number that is as exact as others. */
const LEAST_EXPONENT = -1022;

/** 2^k, exactly, from k = -1022 on. */
const POWERS_OF_TWO = Float64Array.from({ length: 2046 }, (_, k) => 2 ** (k + LEAST_EXPONENT));

/**
 * exp(x), with the same bits in every engine: `Math.exp` differs between versions of V8 by the last bit, which an
 * iterative fit makes 1e-4 of. Less than one unit in the last place from the exact value.
 *
 * Source: FreeBSD's msun, e_exp.c (Sun Microsystems, 1993): x = k ln 2 + r, and exp(r) by a rational approximation.
 *
 * @example
 * ```ts
 * import { exp } from "./exp.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(exp(0), 1);
 * assert(Math.abs(exp(-1) * Math.E - 1) < 1e-15);
 * ```
 */
export function exp(x: number): number {
  if (!(x >= SMALLEST && x <= LARGEST)) return x > 0 ? Infinity : x < 0 ? 0 : x;
  const k = (x * Math.LOG2E + (x < 0 ? -0.5 : 0.5)) | 0;
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
  const y = 1 - (low - r * c / (2 - c) - high);
  if (k > 1023) return y * 2 * POWERS_OF_TWO[2045];
  if (k >= LEAST_EXPONENT) return y * POWERS_OF_TWO[k - LEAST_EXPONENT];
  return y * POWERS_OF_TWO[k + 100 - LEAST_EXPONENT] * 2 ** -100;
}
