import { createCnn2d } from "../../../models/cnn2d.ts";
import type { Network } from "../../nn/network.ts";
import type { Random } from "../../numeric/random.ts";
import type { ModelState } from "../classifier.ts";
import { ModelStateError } from "../model_state.ts";
import { NetworkClassifier, type NetworkClassifierOptions } from "./network_classifier.ts";

/** Settings of a {@linkcode Cnn2d}. */
export interface Cnn2dClassifierOptions extends NetworkClassifierOptions {
  /**
   * Bands of a spectrogram: a row is `frames * channels` numbers, frame after frame.
   *
   * @default {64}
   */
  readonly channels?: number;
}

/** How it trains unless told otherwise. */
const TRAINING: NetworkClassifierOptions = {
  batchSize: 16,
  epochs: 30,
  learningRate: 2e-3,
  schedule: "cosine",
  earlyStopping: { share: 0.15, patience: 12 },
};
/** Against learning by heart: half of what the network does unless told otherwise, by which it learns too slowly. */
const REGULARISATION = { dropoutRate: 0.3, augment: { bandMasks: 1, timeMasks: 1 } };
/** Bands of the voice's spectrogram. */
const BANDS = 64;

/**
 * A 2-D convolutional network on spectrograms (see {@linkcode createCnn2d}) as a classifier: SpecAugment with
 * one stripe of bands and one of time, batches of 16, Adam from 2e-3 down to 0 by half a cosine over 30
 * epochs, and early stopping on 15 % of the rows, whole groups of them. `embed` gives its 128-number layer.
 *
 * @example
 * ```ts
 * import { Cnn2d } from "./cnn2d.ts";
 * import { initBackend } from "../../nn/backend.ts";
 * import { Matrix } from "../../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * await initBackend();
 * // 16 frames of 8 bands: a tone in a low band or in a high one.
 * const tone = (band: number) => Array.from({ length: 16 * 8 }, (_, i) => i % 8 === band ? 1 : 0);
 * const x = Matrix.fromRows([tone(1), tone(1), tone(6), tone(6)]);
 * const model = new Cnn2d({ channels: 8, epochs: 2, seed: 1 });
 * model.fit(x, Int32Array.of(0, 0, 1, 1), 2);
 * assert.equal(model.embed(x).cols, 128);
 * model.dispose();
 * ```
 */
export class Cnn2d extends NetworkClassifier {
  /** The model's name in tables and files. */
  override readonly name = "cnn2d";
  #channels: number;

  /** Makes an unfitted model. */
  constructor({ channels = BANDS, ...options }: Cnn2dClassifierOptions = {}) {
    super({ ...TRAINING, ...options });
    this.#channels = channels;
  }

  /**
   * Makes the network for rows of `nFeatures` numbers.
   *
   * @throws {RangeError} If frames or bands are no multiples of 8.
   */
  protected override build(nFeatures: number, nClasses: number, random: Random): Network {
    return createCnn2d({
      inputSize: nFeatures,
      nBands: this.#channels,
      nClasses,
      random,
      ...REGULARISATION,
    });
  }

  /**
   * What the fitted model needs to be rebuilt.
   *
   * @throws {NotFittedError} If the model has not been fitted.
   */
  override state(): ModelState {
    const { settings, ...state } = super.state();
    return { ...state, settings: { ...settings, channels: this.#channels } };
  }

  /**
   * Rebuilds a fitted model from its `state`.
   *
   * @throws {ModelStateError} If the state is of another model or incomplete.
   */
  static fromState(state: ModelState): Cnn2d {
    const { channels, nFeatures } = state.settings;
    if (
      state.model === "cnn2d" &&
      !(Number.isSafeInteger(channels) && Number(nFeatures) % Number(channels) === 0)
    ) {
      throw new ModelStateError("the saved cnn2d model does not say its channels");
    }
    const model = new Cnn2d({ channels: Number(channels) });
    model.restore(state);
    return model;
  }
}
