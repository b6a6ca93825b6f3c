import type { Degradation } from "./degradation.ts";

/**
 * Another level; what would be louder than a file can hold is cut.
 *
 * @param change By how many dB, or between what it is drawn.
 */
export function otherLevel(change: number | readonly [number, number]): Degradation {
  return (samples, { random }) => {
    const gain = 10 ** ((typeof change === "number" ? change : random.uniform(...change)) / 20);
    return Float32Array.from(samples, (x) => Math.min(1, Math.max(-1, gain * x)));
  };
}
