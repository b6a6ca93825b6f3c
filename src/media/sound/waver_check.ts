/** Steps between the extremes of sound that only wavers about one value: dither of one step either way, and rounding. */
const MOST_STEPS = 2.5;

/**
 * Tells whether coarse samples, as of 8-bit integers, only waver about one value. Such sound holds nothing,
 * although its steps are loud: what a recorder adds to silence so that it does not rest on one value.
 */
export class WaverCheck {
  readonly #step: number;
  #least = Infinity;
  #most = -Infinity;

  /** Begins a sound whose samples differ by `step` at least; with 0 they are not coarse and never waver. */
  constructor(step: number) {
    this.#step = step;
  }

  /** Looks at the next samples. */
  push(samples: Float32Array): void {
    if (this.#step === 0) return;
    for (const sample of samples) {
      if (sample < this.#least) this.#least = sample;
      if (sample > this.#most) this.#most = sample;
    }
  }

  /** Whether the samples so far only waver. */
  get wavers(): boolean {
    return this.#step > 0 && this.#most - this.#least <= MOST_STEPS * this.#step;
  }
}
