import { activeFrames } from "../audio/active_frames.ts";
import type { Dsp } from "../audio/dsp.ts";
import { mfcc } from "../audio/mfcc.ts";
import { resample } from "../audio/resample.ts";
import { voiceStatistics } from "../audio/voice_statistics.ts";
import { padSamples } from "../media/pad.ts";
import { MIN_SECONDS } from "./check_input.ts";
import type { ModalityModel } from "./modality_model.ts";
import type { AudioCard } from "./model_card.ts";
import type { QualityFlag } from "./prediction.ts";

/** A stretch of sound. */
export interface Sound {
  /** Mono samples. */
  readonly samples: Float32Array;
  /** Samples a second, in Hz. */
  readonly sampleRate: number;
}

/** A recording none of whose frames reaches this level, in dB of full scale, is silence. */
export const SILENCE_DB = -65;

/** The voice's part of a recogniser. */
export class Listener {
  readonly #dsp: Dsp;
  readonly #card: AudioCard;
  readonly #model: ModalityModel;
  readonly #windowSeconds: number;

  /** Takes the model over: disposing the listener disposes it. */
  constructor(dsp: Dsp, card: AudioCard, model: ModalityModel, windowSeconds: number) {
    this.#dsp = dsp;
    this.#card = card;
    this.#model = model;
    this.#windowSeconds = windowSeconds;
  }

  /** Class probabilities of a sound that is no longer than a window, or why there are none. */
  listen({ samples, sampleRate }: Sound): Float32Array | QualityFlag {
    if (samples.length < MIN_SECONDS * sampleRate) return "too-short";
    const rate = this.#card.sampleRate;
    const heard = sampleRate === rate
      ? samples
      : resample(this.#dsp, samples, { from: sampleRate, to: rate });
    const frameLength = Math.round(0.032 * rate);
    const { level } = activeFrames(this.#dsp, heard, { frameLength, hopLength: frameLength });
    if (level.every((value) => value < SILENCE_DB)) return "silence";
    return this.#model.probabilities(this.#features(heard));
  }

  #features(samples: Float32Array): Float32Array {
    const { features, sampleRate, mfcc: preset } = this.#card;
    if (features === "voice") return voiceStatistics(this.#dsp, samples, { sampleRate });
    const padded = padSamples(samples, { seconds: this.#windowSeconds, sampleRate });
    return mfcc(this.#dsp, padded, { sampleRate, preset }).data;
  }

  /** Frees the model. */
  dispose(): void {
    this.#model.dispose();
  }
}
