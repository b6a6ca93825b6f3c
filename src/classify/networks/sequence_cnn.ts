import { createSequenceCnn } from "../../../models/sequence_cnn.ts";
import type { Network } from "../../nn/network.ts";
import type { Random } from "../../numeric/random.ts";
import type { ModelState } from "../classifier.ts";
import { ModelStateError } from "../model_state.ts";
import { NetworkClassifier, type NetworkClassifierOptions } from "./network_classifier.ts";

/** Settings of a {@linkcode SequenceCnn}. */
export interface SequenceCnnClassifierOptions extends NetworkClassifierOptions {
  /**
   * Numbers a frame: a row is `frames * channels` numbers, frame after frame.
   *
   * @default {21}
   */
  readonly channels?: number;
}

/** How it trains unless told otherwise. */
const TRAINING = {
  batchSize: 16,
  epochs: 30,
  learningRate: 1e-3,
  earlyStopping: { share: 0.15, patience: 6 },
};
/** Descriptors of a face a frame. */
const CHANNELS = 21;

/**
 * A 1-D convolutional network over time (see {@linkcode createSequenceCnn}) as a classifier of
 * sequences: Adam 1e-3, batches of 16, and early stopping on 15 % of the rows, whole groups of them, after at
 * most 30 epochs. `embed` gives its 128-number layer.
 *
 * @example
 * ```ts
 * import { SequenceCnn } from "./sequence_cnn.ts";
 * import { initBackend } from "../../nn/backend.ts";
 * import { Matrix } from "../../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * await initBackend();
 * const wave = (period: number, phase: number) =>
 *   Array.from({ length: 40 }, (_, t) => Math.sin(2 * Math.PI * (t + phase) / period));
 * const x = Matrix.fromRows([wave(4, 0), wave(4, 1), wave(4, 2), wave(10, 0), wave(10, 2), wave(10, 5)]);
 * const model = new SequenceCnn({ channels: 1, epochs: 2, seed: 1 });
 * model.fit(x, Int32Array.of(0, 0, 0, 1, 1, 1), 2);
 * assert.equal(model.embed(x).cols, 128);
 * model.dispose();
 * ```
 */
export class SequenceCnn extends NetworkClassifier {
  /** The model's name in tables and files. */
  override readonly name = "cnn-sequence";
  #channels: number;

  /** Makes an unfitted model. */
  constructor({ channels = CHANNELS, ...options }: SequenceCnnClassifierOptions = {}) {
    super({ ...TRAINING, ...options });
    this.#channels = channels;
  }

  /**
   * Makes the network for rows of `nFeatures` numbers.
   *
   * @throws {RangeError} If that is no multiple of the channels, or fewer than 32 frames.
   */
  protected override build(nFeatures: number, nClasses: number, random: Random): Network {
    return createSequenceCnn({ inputSize: nFeatures, channels: this.#channels, nClasses, random });
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
  static fromState(state: ModelState): SequenceCnn {
    const { channels, nFeatures } = state.settings;
    if (
      state.model === "cnn-sequence" &&
      !(Number.isSafeInteger(channels) && Number(nFeatures) % Number(channels) === 0)
    ) {
      throw new ModelStateError("the saved cnn-sequence model does not say its channels");
    }
    const model = new SequenceCnn({ channels: Number(channels) });
    model.restore(state);
    return model;
  }
}
