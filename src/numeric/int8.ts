/** The whole numbers go from -127 to 127 and are stored with this added. */
const ZERO = 128;

/** What the steps of a tensor of whole numbers are called in a file: its name with this behind it. */
export const STEPS: string = "#steps";

/** A tensor rounded to whole numbers. */
export interface Int8Numbers {
  /** The whole numbers from -127 to 127 with 128 added, as many as there were values. */
  readonly numbers: Uint8Array<ArrayBuffer>;
  /** What 1 stands for, a channel. */
  readonly steps: Float32Array<ArrayBuffer>;
}

/**
 * Rounds values to whole numbers from -127 to 127 times a step, one for every index of the dimension `axis`: its
 * largest value becomes 127, so that no value moves by more than 1/254 of that. A channel of zeros has the step 0.
 *
 * @param values Any number of finite values, row-major.
 * @param shape Their shape.
 * @param axis Which dimension is that of the channels.
 *
 * @example
 * ```ts
 * import { fromInt8, toInt8 } from "./int8.ts";
 * import assert from "node:assert/strict";
 *
 * const { numbers, steps } = toInt8([1.27, -0.3, 254, 3], [2, 2], 0);
 * assert.deepEqual(numbers, Uint8Array.of(255, 98, 255, 130));
 * assert.deepEqual(steps, Float32Array.of(0.01, 2));
 * assert.deepEqual(fromInt8(numbers, [2, 2], 0, steps).slice(2), Float32Array.of(254, 4));
 * ```
 */
export function toInt8(
  values: ArrayLike<number>,
  shape: readonly number[],
  axis: number,
): Int8Numbers {
  const stride = strideOf(shape, axis);
  const channels = shape[axis];
  const steps = new Float32Array(channels);
  for (let i = 0; i < values.length; i++) {
    const channel = Math.floor(i / stride) % channels;
    steps[channel] = Math.max(steps[channel], Math.abs(values[i]) / 127);
  }
  const numbers = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const step = steps[Math.floor(i / stride) % channels];
    const whole = step > 0 ? Math.round(values[i] / step) : 0;
    numbers[i] = ZERO + Math.min(127, Math.max(-127, whole));
  }
  return { numbers, steps };
}

/**
 * The values that {@linkcode toInt8} made `numbers` and `steps` of, to rounding.
 *
 * @param values Where to write them, as many as there are `numbers`: an array of its own by default.
 */
export function fromInt8(
  numbers: Uint8Array,
  shape: readonly number[],
  axis: number,
  steps: Float32Array,
  // Not made by Float32Array.from, which takes several times as long for millions of numbers.
  values: Float32Array<ArrayBuffer> = new Float32Array(numbers.length),
): Float32Array<ArrayBuffer> {
  const stride = strideOf(shape, axis);
  const channels = shape[axis];
  // Networks are millions of numbers: no division for each of them.
  for (let at = 0, channel = 0; at < numbers.length; channel = 0) {
    if (stride === 1) {
      for (; channel < channels; channel++, at++) {
        values[at] = (numbers[at] - ZERO) * steps[channel];
      }
      continue;
    }
    for (; channel < channels; channel++) {
      const step = steps[channel];
      for (const end = at + stride; at < end; at++) values[at] = (numbers[at] - ZERO) * step;
    }
  }
  return values;
}

/** How far apart the indices of a dimension lie. */
function strideOf(shape: readonly number[], axis: number): number {
  return shape.slice(axis + 1).reduce((product, size) => product * size, 1);
}
