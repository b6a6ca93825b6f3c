import type { Random } from "../../numeric/random.ts";
import { type Degradation, levelOf } from "./degradation.ts";

/**
 * Steady noise of any colour, at a distance of `snr` dB below the sound (by their mean squares over all of it).
 *
 * @param snr The distance, in dB, or between what it is drawn.
 */
export function steadyNoise(snr: number | readonly [number, number]): Degradation {
  return (samples, { random }) => {
    const distance = typeof snr === "number" ? snr : random.uniform(...snr);
    const noise = colouredNoise(samples.length, random);
    const gain = levelOf(samples) / (levelOf(noise) || 1) * 10 ** (-distance / 20);
    return Float32Array.from(samples, (x, t) => x + gain * noise[t]);
  };
}

/** White noise [n] through a filter of first order: from white to nearly brown, as chance has it. */
function colouredNoise(n: number, random: Random): Float32Array {
  const memory = 1 - 10 ** random.uniform(-2, 0);
  let last = 0;
  return Float32Array.from({ length: n }, () => last = memory * last + random.normal());
}
