import type { Random } from "../../numeric/random.ts";

/** What a degradation is given beside the sound. */
export interface DegradeOptions {
  /** Samples a second, in Hz. */
  readonly sampleRate: number;
  /** Where its random choices come from: the same state gives the same sound. */
  readonly random: Random;
}

/** Something that happens to a sound between a mouth and a file. It gives a new array of the same length. */
export type Degradation = (
  samples: Float32Array,
  options: DegradeOptions,
) => Float32Array<ArrayBuffer>;

/** The root of the mean square of a sound [n]; of none 0. */
export function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const x of samples) sum += x * x;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}
