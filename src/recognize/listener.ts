import type { Dsp } from "../audio/dsp.ts";
import { isSilent } from "../audio/is_silent.ts";
import { nearbyRate } from "../audio/resample_options.ts";
import { StreamingResampler } from "../audio/streaming_resampler.ts";
import type { FeatureSetOf } from "../features/feature_set.ts";
import { MIN_SECONDS } from "./check_input.ts";
import type { ModalityModel } from "./modality_model.ts";
import type { AudioCard } from "./bundle/model_card.ts";
import { cardFeatures } from "./bundle/card_features.ts";
import type { Flaw } from "./prediction.ts";

/** The voice's part of a recogniser. */
export class Listener {
  readonly #dsp: Dsp;
  readonly #card: AudioCard;
  readonly #set: FeatureSetOf<"sound">;
  readonly #model: ModalityModel;
  readonly #windowSeconds: number;

  /**
   * Takes the model over: disposing the listener disposes it.
   *
   * @throws {BundleError} If the card names no features of a sound.
   */
  constructor(dsp: Dsp, card: AudioCard, model: ModalityModel, windowSeconds: number) {
    this.#dsp = dsp;
    this.#card = card;
    this.#set = cardFeatures("audio", card.features);
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

  /** Class probabilities of samples at its rate, no more than a window, or why there are none. */
  listen(samples: Float32Array): Float32Array | Flaw {
    const { sampleRate } = this.#card;
    if (samples.length < MIN_SECONDS * sampleRate) return "too-short";
    if (isSilent(samples, sampleRate)) return "silence";
    const settings = { sampleRate, seconds: this.#windowSeconds, mfcc: this.#card.mfcc };
    const { data } = this.#set.compute({ dsp: this.#dsp, samples }, settings);
    return this.#model.probabilities(data);
  }

  /** Frees the model. */
  dispose(): void {
    this.#model.dispose();
  }
}
