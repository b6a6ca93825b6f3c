/**
 * Probabilities at another temperature (Guo et al., ICML 2017): p_c^(1/T), made to sum to 1. Above 1 they come
 * closer to each other, below 1 they part; their order stays. What is impossible stays so.
 *
 * @param probabilities Class probabilities [n, nClasses], row by row.
 * @param nClasses Number of classes.
 * @param temperature The temperature, above 0. At 1 the probabilities are given back as they are.
 *
 * @throws {RangeError} If the temperature is not a number above 0, or the rows are not whole.
 *
 * @example
 * ```ts
 * import { temper } from "./temper.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual([...temper(Float32Array.of(0.75, 0.25), 2, 0.5)], [Math.fround(0.9), Math.fround(0.1)]);
 * ```
 */
export function temper(
  probabilities: Float32Array,
  nClasses: number,
  temperature: number,
): Float32Array {
  if (!(temperature > 0 && temperature < Infinity)) {
    throw new RangeError(`a temperature is a number above 0, not ${temperature}`);
  }
  if (probabilities.length % nClasses !== 0) {
    throw new RangeError(`${probabilities.length} probabilities are no rows of ${nClasses}`);
  }
  if (temperature === 1) return probabilities;
  const out = new Float32Array(probabilities.length);
  for (let from = 0; from < probabilities.length; from += nClasses) {
    const row = probabilities.subarray(from, from + nClasses);
    // Relative to the highest, so that a power can't turn all of them to 0.
    const top = row.reduce((a, b) => Math.max(a, b), 0);
    const powers = Float64Array.from(row, (p) => (p / top) ** (1 / temperature));
    const sum = powers.reduce((a, b) => a + b, 0);
    powers.forEach((power, c) => out[from + c] = power / sum);
  }
  return out;
}
