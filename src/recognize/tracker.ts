import type { FeatureSetOfModality } from "../features/registry.ts";
import { fillGaps } from "../vision/landmarks/fill_gaps.ts";
import type { LandmarkTrack } from "../vision/landmarks/landmark_track.ts";
import { BundleError } from "./bundle/bundle_error.ts";
import { cardFeatures } from "./bundle/card_features.ts";
import type { LandmarkCard } from "./bundle/model_card.ts";
import { MIN_SECONDS } from "./check_input.ts";
import type { ModalityModel } from "./modality_model.ts";
import type { Flaw } from "./prediction.ts";
import { trackSeconds } from "./cut_track.ts";

/** The face's part of a recogniser that goes by landmark files and sees no picture. */
export class Tracker {
  readonly #card: LandmarkCard;
  readonly #set: Extract<FeatureSetOfModality<"video">, { readonly needs: "landmarks" }>;
  readonly #model: ModalityModel;
  readonly #windowSeconds: number;

  /**
   * Takes the model over: disposing the tracker disposes it.
   *
   * @throws {BundleError} If the card names no features of landmarks.
   */
  constructor(card: LandmarkCard, model: ModalityModel, windowSeconds: number) {
    const set = cardFeatures("video", card.features);
    if (set.needs !== "landmarks") {
      throw new BundleError(`the features "${card.features}" are not computed from landmarks`);
    }
    this.#card = card;
    this.#set = set;
    this.#model = model;
    this.#windowSeconds = windowSeconds;
  }

  /** Numbers that a speaker is known by. */
  get channels(): number {
    return this.#model.channels;
  }

  /**
   * Class probabilities of the landmarks of a window, or why there are none.
   *
   * @param speaker What is known of whose face it is.
   */
  judge(track: LandmarkTrack, speaker?: Float64Array): Float32Array | Flaw {
    return this.#model.probabilities(this.#features(track), speaker);
  }

  /** What landmarks say of whose face it is, or why they say nothing. */
  describe(track: LandmarkTrack): Float64Array | Flaw {
    return this.#model.describe(this.#features(track));
  }

  #features(track: LandmarkTrack): Float32Array | Flaw {
    if (trackSeconds(track) < MIN_SECONDS) return "too-short";
    // A window is filled from its own frames, as a file was that training read the start of.
    const filled = fillGaps(track.points, track.timestamps, track.found);
    if (!filled) return "no-face";
    const { fps } = this.#card;
    const frames = Math.round(this.#windowSeconds * fps);
    return this.#set.compute({ track: filled }, { frames, fps }).data;
  }

  /** Frees the model. */
  dispose(): void {
    this.#model.dispose();
  }
}
