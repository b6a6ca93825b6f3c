import type { Heard } from "./hear.ts";

/**
 * The mean and the deviation of some layers over the rows in which somebody speaks: for each layer `width` means, then
 * `width` deviations (of the population), [2 x layers x width].
 *
 * @param layers Which layers, from 0 on.
 */
export function poolStates(
  { states, spoken }: Heard,
  width: number,
  layers: readonly number[],
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(2 * layers.length * width);
  layers.forEach((layer, at) => {
    const state = states[layer];
    for (let i = 0; i < width; i++) {
      let mean = 0;
      for (const row of spoken) mean += state[row * width + i];
      mean /= spoken.length;
      let variance = 0;
      for (const row of spoken) variance += (state[row * width + i] - mean) ** 2;
      out[2 * at * width + i] = mean;
      out[(2 * at + 1) * width + i] = Math.sqrt(variance / spoken.length);
    }
  });
  return out;
}
