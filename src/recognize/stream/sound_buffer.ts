import type { StreamingResampler } from "../../audio/streaming_resampler.ts";
import { SoundCheck } from "../../audio/usable_sound.ts";
import { checkSound } from "../check_input.ts";
import { refusing } from "../hear_sound.ts";
import { InputError } from "../input_error.ts";
import type { Listener } from "../listener.ts";

/** Chunks may be early or late by this, in seconds, without a gap being seen: clocks differ. */
const JITTER = 0.05;

/**
 * The sound of a stream at the listener's rate, from the start of the next window on. It is resampled as it arrives,
 * so that every window holds what it would if the recording were a clip.
 */
export class SoundBuffer {
  readonly #listener: Listener;
  readonly #origin: number;
  /** The rate at which it arrives; 0 before the first sample. */
  #arriving = 0;
  /** How many samples arrived. */
  #arrived = 0;
  #resampler: StreamingResampler | undefined;
  #samples: Float32Array<ArrayBuffer> = new Float32Array(0);
  /** How many numbers of `#samples` count, and the number of the first of them since the origin. */
  #length = 0;
  #first = 0;

  /** Times count from `origin`, in seconds. */
  constructor(listener: Listener, origin: number) {
    this.#listener = listener;
    this.#origin = origin;
  }

  /** The time up to which the sound is known, in seconds; undefined before the first sample. */
  get reach(): number | undefined {
    if (this.#arriving === 0) return undefined;
    // The new rate's last sample may stand for less than its time.
    const known = (this.#first + this.#length) / this.#listener.sampleRate;
    return this.#origin + Math.min(known, this.#arrived / this.#arriving);
  }

  /**
   * Appends samples that begin at `time`. A gap before them is silence.
   *
   * @throws {InputError} If they are not valid, have another rate than those before, or begin earlier
   * than those end.
   */
  push(time: number, samples: Float32Array, sampleRate: number | undefined): void {
    checkSound(samples, sampleRate);
    if (this.#arriving !== 0 && sampleRate !== this.#arriving) {
      throw new InputError(
        `the stream has ${this.#arriving} samples a second, this chunk has ${sampleRate}`,
      );
    }
    const gap = Math.round((time - this.#origin) * sampleRate) - this.#arrived;
    if (gap < -JITTER * sampleRate) {
      throw new InputError(
        `the sound at ${time} s begins before ${
          this.#origin + this.#arrived / sampleRate
        } s, where the one before it ends`,
      );
    }
    const check = new SoundCheck();
    refusing(() => check.push(samples));
    if (check.scale !== 1) {
      throw new InputError(
        "samples are far beyond full scale, which is 1: divide integers by what their full scale is",
      );
    }
    if (this.#arriving === 0) {
      this.#arriving = sampleRate;
      if (sampleRate !== this.#listener.sampleRate) {
        this.#resampler = this.#listener.resampler(sampleRate);
      }
    }
    if (gap > JITTER * sampleRate) this.#take(new Float32Array(gap));
    this.#take(samples);
  }

  /** Ends the recording: its last samples, which depend on what follows, are known now. */
  end(): void {
    if (this.#resampler) this.#append(this.#resampler.flush());
    this.#resampler = undefined;
  }

  /** A copy of the sound between two times; undefined before the first sample. */
  cut(start: number, end: number): Float32Array | undefined {
    if (this.#arriving === 0) return undefined;
    const rate = this.#listener.sampleRate;
    const index = (time: number) =>
      Math.min(
        this.#length,
        Math.max(0, Math.round((time - this.#origin) * rate) - this.#first),
      );
    return this.#samples.slice(index(start), index(end));
  }

  /** Forgets what lies before `time`. */
  forget(time: number): void {
    const before = Math.round((time - this.#origin) * this.#listener.sampleRate) - this.#first;
    const dropped = Math.min(this.#length, Math.max(0, before));
    this.#samples.copyWithin(0, dropped, this.#length);
    this.#first += dropped;
    this.#length -= dropped;
  }

  #take(samples: Float32Array): void {
    this.#arrived += samples.length;
    this.#append(this.#resampler ? this.#resampler.push(samples) : samples);
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
