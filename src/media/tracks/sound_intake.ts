import type { Dsp } from "../../audio/dsp.ts";
import { SilenceCheck } from "../../audio/is_silent.ts";
import { nearbyRate } from "../../audio/resample_options.ts";
import { StreamingResampler } from "../../audio/streaming_resampler.ts";
import { joinFloats } from "../../numeric/join_floats.ts";
import { SoundCheck } from "../../audio/usable_sound.ts";
import { WaverCheck } from "../sound/waver_check.ts";

/** Takes samples as they arrive. */
export type TakeSamples = (samples: Float32Array<ArrayBuffer>) => void;

/** How sound is taken in. */
export interface SoundIntakeOptions {
  /** Samples a second as they arrive. */
  readonly from: number;
  /** Samples a second that are wanted. */
  readonly to: number;
  /** Samples to keep at most; with 0 they are only listened to. */
  readonly keep: number;
  /** The least difference of two samples where it is coarse, as of 8-bit integers; else 0. */
  readonly step: number;
  /**
   * Takes the samples up to `keep`, none of which is then kept.
   *
   * @default {they are kept}
   */
  readonly onSamples?: TakeSamples;
}

/** A sound that was taken in. */
export interface TakenSound {
  /** The samples, mono, full scale -1 to 1: at most as many as were to be kept. */
  readonly samples: Float32Array<ArrayBuffer>;
  /** Length of all that arrived, in seconds. */
  readonly seconds: number;
  /** Whether it is silence. */
  readonly silent: boolean;
  /** One sentence, where the samples were brought to full scale. */
  readonly warning: string | undefined;
}

/**
 * Takes the mono samples of a clip as its file holds them, in parts, checks what they hold, and brings them to the
 * wanted rate with the DSP core. This is the one place through which sound from files comes, so that a
 * recogniser hears what its training heard.
 */
export class SoundIntake {
  readonly #options: SoundIntakeOptions;
  readonly #resampler: StreamingResampler;
  readonly #check: SoundCheck = new SoundCheck();
  readonly #silence: SilenceCheck;
  readonly #waver: WaverCheck;
  readonly #parts: Float32Array<ArrayBuffer>[] = [];
  #kept = 0;
  #arrived = 0;

  /**
   * Begins a sound.
   *
   * @throws {AudioOptionError} If a rate is impossible.
   */
  constructor(dsp: Dsp, options: SoundIntakeOptions) {
    this.#options = options;
    const { from, to } = options;
    this.#resampler = new StreamingResampler(dsp, { from: nearbyRate(from, to), to });
    this.#silence = new SilenceCheck(to);
    this.#waver = new WaverCheck(options.step);
  }

  /**
   * Takes the next samples.
   *
   * @throws {AudioInputError} If one is not a finite number.
   */
  push(samples: Float32Array): void {
    this.#check.push(samples);
    this.#arrived += samples.length;
    this.#waver.push(samples);
    this.#take(this.#resampler.push(samples));
  }

  /** Ends the sound. */
  finish(): TakenSound {
    this.#take(this.#resampler.flush());
    const samples = joinFloats(this.#parts);
    // Whoever recognises tells of an offset.
    const { scale, rescaled } = this.#check;
    const { wavers } = this.#waver;
    if (wavers) samples.fill(0);
    return {
      samples: scale === 1 ? samples : samples.map((value) => value * scale),
      seconds: this.#arrived / this.#options.from,
      silent: this.#arrived > 0 && (wavers || this.#silence.silent),
      warning: rescaled,
    };
  }

  #take(samples: Float32Array<ArrayBuffer>): void {
    this.#silence.push(samples);
    const part = samples.subarray(0, Math.max(0, this.#options.keep - this.#kept));
    if (part.length === 0) return;
    this.#kept += part.length;
    if (this.#options.onSamples) this.#options.onSamples(part);
    else this.#parts.push(part);
  }
}
