import { AudioInputError } from "./errors.ts";

/**
 * Samples beyond this are no sound in floating point, whose full scale is 1: 18 dB above it, which no
 * recording, filter or lossy codec reaches.
 */
const FAR_BEYOND = 8;

/** Full scale of integers of 8, 16, 24 and 32 bits. */
const INTEGER_SCALES = [2 ** 7, 2 ** 15, 2 ** 23, 2 ** 31];

/** What sound is allowed to hold, and what is done about the rest. */
export interface UsableSound {
  /** The samples [n], at full scale -1 to 1. */
  readonly samples: Float32Array;
  /** One sentence, where the samples were rescaled. */
  readonly warning?: string;
}

/**
 * The rule on what samples may hold, for sound that arrives in parts: every sample is a finite number,
 * and a peak far beyond full scale (more than 8) means that integers were written as floating point
 * without being scaled. Such sound is to be multiplied by {@linkcode scale}.
 */
export class SoundCheck {
  /** The largest magnitude so far. */
  #peak = 0;
  #count = 0;

  /**
   * Looks at the next samples.
   *
   * @throws {AudioInputError} If one is not a finite number.
   */
  push(samples: Float32Array): void {
    for (let t = 0; t < samples.length; t++) {
      const magnitude = Math.abs(samples[t]);
      if (!(magnitude < Infinity)) {
        throw new AudioInputError(
          `sample ${this.#count + t} is ${samples[t]}; allowed: finite numbers, usually within ` +
            "-1 and 1",
        );
      }
      if (magnitude > this.#peak) this.#peak = magnitude;
    }
    this.#count += samples.length;
  }

  /** What brings the samples to full scale: 1 where they are at it. */
  get scale(): number {
    if (this.#peak <= FAR_BEYOND) return 1;
    return 1 / (INTEGER_SCALES.find((most) => this.#peak <= most) ?? this.#peak);
  }

  /** One sentence on why they are rescaled; undefined where they are not. */
  get warning(): string | undefined {
    if (this.scale === 1) return undefined;
    return `the sound's peak is ${
      Number(this.#peak.toPrecision(3))
    } where full scale is 1: it was ` +
      `divided by ${Number((1 / this.scale).toPrecision(10))}`;
  }
}

/**
 * Applies the rule of {@linkcode SoundCheck} to a whole sound.
 *
 * @example
 * ```ts
 * import { usableSound } from "./usable_sound.ts";
 * import assert from "node:assert/strict";
 *
 * const { samples, warning } = usableSound(Float32Array.of(16384, -8192));
 * assert.deepEqual([...samples], [0.5, -0.25]);
 * assert.match(warning!, /peak is 16400 .* divided by 32768/);
 * assert.throws(() => usableSound(Float32Array.of(0, NaN)), /sample 1 is NaN/);
 * ```
 *
 * @param samples [n]; left as they are.
 * @throws {AudioInputError} If one is not a finite number.
 */
export function usableSound(samples: Float32Array): UsableSound {
  const check = new SoundCheck();
  check.push(samples);
  const { scale, warning } = check;
  return warning === undefined
    ? { samples }
    : { samples: samples.map((value) => value * scale), warning };
}
