import { checkSound } from "./check_input.ts";
import { InputError } from "./input_error.ts";
import type { Sound } from "./listener.ts";

/** Chunks may be early or late by this, in seconds, without a gap being seen: clocks differ. */
const JITTER = 0.05;

/** The sound of a stream, from the start of the next window on. */
export class SoundBuffer {
  readonly #origin: number;
  #sampleRate = 0;
  #samples: Float32Array<ArrayBuffer> = new Float32Array(0);
  /** How many numbers of `#samples` count, and the number of the first of them since the origin. */
  #length = 0;
  #first = 0;

  /** Times count from `origin`, in seconds. */
  constructor(origin: number) {
    this.#origin = origin;
  }

  /** The time that the sound has reached, in seconds; undefined before the first sample. */
  get reach(): number | undefined {
    if (this.#sampleRate === 0) return undefined;
    return this.#origin + (this.#first + this.#length) / this.#sampleRate;
  }

  /**
   * Appends samples that begin at `time`. A gap before them is silence.
   *
   * @throws {InputError} If they are not valid, have another rate than those before, or begin earlier
   * than those end.
   */
  push(time: number, samples: Float32Array, sampleRate: number | undefined): void {
    checkSound(samples, sampleRate);
    if (this.#sampleRate !== 0 && sampleRate !== this.#sampleRate) {
      throw new InputError(
        `the stream has ${this.#sampleRate} samples a second, this chunk has ${sampleRate}`,
      );
    }
    const at = Math.round((time - this.#origin) * sampleRate);
    const gap = at - (this.#first + this.#length);
    if (gap < -JITTER * sampleRate) {
      throw new InputError(
        `the sound at ${time} s begins before ${
          this.reach ?? this.#origin
        } s, where the one before it ends`,
      );
    }
    this.#sampleRate = sampleRate;
    if (gap > JITTER * sampleRate) this.#append(new Float32Array(gap));
    this.#append(samples);
  }

  /** A copy of the sound between two times; undefined before the first sample. */
  cut(start: number, end: number): Sound | undefined {
    if (this.#sampleRate === 0) return undefined;
    const rate = this.#sampleRate;
    const index = (time: number) =>
      Math.min(
        this.#length,
        Math.max(0, Math.round((time - this.#origin) * rate) - this.#first),
      );
    return { samples: this.#samples.slice(index(start), index(end)), sampleRate: rate };
  }

  /** Forgets what lies before `time`. */
  forget(time: number): void {
    const before = Math.round((time - this.#origin) * this.#sampleRate) - this.#first;
    const dropped = Math.min(this.#length, Math.max(0, before));
    this.#samples.copyWithin(0, dropped, this.#length);
    this.#first += dropped;
    this.#length -= dropped;
  }

  #append(samples: Float32Array): void {
    const needed = this.#length + samples.length;
    if (needed > this.#samples.length) {
      const larger = new Float32Array(2 * needed);
      larger.set(this.#samples.subarray(0, this.#length));
      this.#samples = larger;
    }
    this.#samples.set(samples, this.#length);
    this.#length = needed;
  }
}
