import type { Ear } from "../../models/ear.ts";
import type { Dsp } from "../audio/dsp.ts";
import { isSilent } from "../audio/is_silent.ts";
import { nearbyRate } from "../audio/resample_options.ts";
import { StreamingResampler } from "../audio/streaming_resampler.ts";
import type { FeatureSetOfModality } from "../features/registry.ts";
import { MIN_SECONDS } from "./check_input.ts";
import type { ModalityModel } from "./modality_model.ts";
import type { AudioCard } from "./bundle/model_card.ts";
import { BundleError } from "./bundle/bundle_error.ts";
import { cardFeatures } from "./bundle/card_features.ts";
import type { Flaw } from "./prediction.ts";

/** What a listener listens with. */
export interface ListenerParts {
  /** The DSP core. */
  readonly dsp: Dsp;
  /** The network that hears, where there is one. */
  readonly ear: Ear | undefined;
  /** Tells classes by features. */
  readonly model: ModalityModel;
}

/** The voice's part of a recogniser. */
export class Listener {
  readonly #dsp: Dsp;
  readonly #ear: Ear | undefined;
  readonly #card: AudioCard;
  readonly #set: FeatureSetOfModality<"audio">;
  readonly #model: ModalityModel;
  readonly #windowSeconds: number;

  /**
   * Takes the model and the ear over: disposing the listener disposes them.
   *
   * @throws {BundleError} If the card names no features of a sound, or features of an ear that is not there.
   */
  constructor({ dsp, ear, model }: ListenerParts, card: AudioCard, windowSeconds: number) {
    this.#dsp = dsp;
    this.#ear = ear;
    this.#card = card;
    this.#set = cardFeatures("audio", card.features);
    if (this.#set.needs === "speech" && ear?.sampleRate !== card.sampleRate) {
      throw new BundleError(
        `the features "${card.features}" need a trained ear that hears ${card.sampleRate} Hz`,
      );
    }
    this.#model = model;
    this.#windowSeconds = windowSeconds;
  }

  /** Samples a second that it listens to, in Hz. */
  get sampleRate(): number {
    return this.#card.sampleRate;
  }

  /**
   * What brings a recording of another rate to the listener's. All of a recording goes through one, and windows are
   * cut afterwards: so they hold what the training heard, at their edges too.
   */
  resampler(sampleRate: number): StreamingResampler {
    const to = this.#card.sampleRate;
    return new StreamingResampler(this.#dsp, { from: nearbyRate(sampleRate, to), to });
  }

  /** Numbers that a speaker is known by. */
  get channels(): number {
    return this.#model.channels;
  }

  /**
   * Class probabilities of samples at its rate, no more than a window, or why there are none.
   *
   * @param speaker What is known of who speaks.
   */
  listen(samples: Float32Array, speaker?: Float64Array): Float32Array | Flaw {
    return this.#model.probabilities(this.#features(samples), speaker);
  }

  /** What samples say of who speaks, or why they say nothing. */
  describe(samples: Float32Array): Float64Array | Flaw {
    return this.#model.describe(this.#features(samples));
  }

  #features(samples: Float32Array): Float32Array | Flaw {
    const { sampleRate } = this.#card;
    if (samples.length < MIN_SECONDS * sampleRate) return "too-short";
    if (isSilent(samples, sampleRate)) return "silence";
    const settings = { sampleRate, seconds: this.#windowSeconds, mfcc: this.#card.mfcc };
    const sound = { dsp: this.#dsp, samples };
    return (this.#set.needs === "speech"
      ? this.#set.compute({ ...sound, ear: this.#ear! }, { ...settings, ear: this.#ear! })
      : this.#set.compute(sound, settings)).data;
  }

  /** Frees the model and the ear. */
  dispose(): void {
    this.#model.dispose();
    this.#ear?.dispose();
  }
}
