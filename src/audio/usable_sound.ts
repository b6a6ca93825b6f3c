import { AudioInputError } from "./errors.ts";

/**
 * Samples beyond this are no sound in floating point, whose full scale is 1: 18 dB above it, which no
 * recording, filter or lossy codec reaches.
 */
const FAR_BEYOND = 8;

/**
 * A mean beyond this is an offset of the recorder, which models take for something else: no clip of 300 of RAVDESS,
 * CREMA-D and EMO-DB has more than 0.007.
 */
const MOST_OFFSET = 0.02;

/** Full scale of integers of 8, 16, 24 and 32 bits. */
const INTEGER_SCALES = [2 ** 7, 2 ** 15, 2 ** 23, 2 ** 31];

/** What sound is allowed to hold, and what is done about the rest. */
export interface UsableSound {
  /** The samples [n], at full scale -1 to 1. */
  readonly samples: Float32Array;
  /** A sentence each: that the samples were rescaled, or lie beside 0. */
  readonly warnings: readonly string[];
}

/**
 * The rule on what samples may hold, for sound that arrives in parts: every sample is a finite number,
 * and a peak far beyond full scale (more than 8) means that integers were written as floating point
 * without being scaled. Such sound is to be multiplied by {@linkcode scale}.
 */
export class SoundCheck {
  /** The largest magnitude so far. */
  #peak = 0;
  #sum = 0;
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
      this.#sum += samples[t];
    }
    this.#count += samples.length;
  }

  /** What brings the samples to full scale: 1 where they are at it. */
  get scale(): number {
    if (this.#peak <= FAR_BEYOND) return 1;
    return 1 / (INTEGER_SCALES.find((most) => this.#peak <= most) ?? this.#peak);
  }

  /** One sentence on why they are rescaled; undefined where they are not. */
  get rescaled(): string | undefined {
    if (this.scale === 1) return undefined;
    const [peak, divisor] = [this.#peak.toPrecision(3), (1 / this.scale).toPrecision(10)];
    return `the sound's peak is ${Number(peak)} where full scale is 1: it was divided by ${
      Number(divisor)
    }`;
  }

  /** One sentence on an offset, which is left as it is; undefined where there is none to speak of. */
  get offset(): string | undefined {
    const mean = this.scale * this.#sum / Math.max(1, this.#count);
    if (Math.abs(mean) <= MOST_OFFSET) return undefined;
    return `the sound's mean is ${
      Number(mean.toPrecision(2))
    } where it should be 0: an offset of ` +
      "the recorder, which may change what is recognised; a high-pass filter removes it";
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
 * const { samples, warnings } = usableSound(Float32Array.of(16384, -16384));
 * assert.deepEqual([...samples], [0.5, -0.5]);
 * assert.match(warnings[0], /peak is 16400 .* divided by 32768/);
 * assert.throws(() => usableSound(Float32Array.of(0, NaN)), /sample 1 is NaN/);
 * ```
 *
 * @param samples [n]; left as they are.
 * @throws {AudioInputError} If one is not a finite number.
 */
export function usableSound(samples: Float32Array): UsableSound {
  const check = new SoundCheck();
  check.push(samples);
  const { scale, rescaled, offset } = check;
  return {
    samples: scale === 1 ? samples : samples.map((value) => value * scale),
    warnings: [rescaled, offset].filter((text) => text !== undefined),
  };
}
