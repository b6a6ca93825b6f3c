/** A filter of second order: y[t] = b0 x[t] + b1 x[t-1] + b2 x[t-2] - a1 y[t-1] - a2 y[t-2]. */
export interface Biquad {
  /** Coefficients of what goes in. */
  readonly b: readonly [number, number, number];
  /** Coefficients of what came out, one and two samples ago. */
  readonly a: readonly [number, number];
}

/** The kinds of {@linkcode biquad}. */
export type BiquadKind = "low-pass" | "high-pass" | "peak";

/** What a filter does. */
export interface BiquadOptions {
  /** Cut-off, or the middle of a peak, in Hz: below half of the sample rate. */
  readonly frequency: number;
  /** Samples a second, in Hz. */
  readonly sampleRate: number;
  /**
   * How narrow it is.
   *
   * @default {the square root of a half: no ripple}
   */
  readonly q?: number;
  /**
   * Height of a peak, in dB.
   *
   * @default {0}
   */
  readonly gain?: number;
}

/**
 * The coefficients of a filter by R. Bristow-Johnson's "Cookbook formulae for audio equalizer biquad
 * filter coefficients".
 *
 * @example
 * ```ts
 * import { biquad, filterSound } from "./biquad.ts";
 * import assert from "node:assert/strict";
 *
 * const low = biquad("low-pass", { frequency: 1000, sampleRate: 16000 });
 * const settled = filterSound(new Float32Array(400).fill(1), [low]).at(-1)!;
 * assert(Math.abs(settled - 1) < 1e-5); // what does not change passes
 * ```
 */
export function biquad(
  kind: BiquadKind,
  { frequency, sampleRate, q = Math.SQRT1_2, gain = 0 }: BiquadOptions,
): Biquad {
  const omega = 2 * Math.PI * frequency / sampleRate;
  const cos = Math.cos(omega);
  const alpha = Math.sin(omega) / (2 * q);
  if (kind === "peak") {
    const height = 10 ** (gain / 40);
    const scale = 1 + alpha / height;
    const middle = -2 * cos / scale;
    return {
      b: [(1 + alpha * height) / scale, middle, (1 - alpha * height) / scale],
      a: [middle, (1 - alpha / height) / scale],
    };
  }
  const scale = 1 + alpha;
  const sign = kind === "low-pass" ? -1 : 1;
  const edge = (1 + sign * cos) / 2 / scale;
  return {
    b: [edge, 2 * -sign * edge, edge],
    a: [-2 * cos / scale, (1 - alpha) / scale],
  };
}

/** A sound [n] that went through filters, one after the other. */
export function filterSound(
  samples: Float32Array,
  filters: readonly Biquad[],
): Float32Array<ArrayBuffer> {
  const out = Float32Array.from(samples);
  for (const { b: [b0, b1, b2], a: [a1, a2] } of filters) {
    let x1 = 0, x2 = 0, y1 = 0, y2 = 0;
    for (let t = 0; t < out.length; t++) {
      const x = out[t];
      const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
      x2 = x1;
      x1 = x;
      y2 = y1;
      y1 = y;
      out[t] = y;
    }
  }
  return out;
}
