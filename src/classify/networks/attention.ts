import { createAttentionFusion } from "../../../models/attention_fusion.ts";
import { MODALITIES } from "../../modality.ts";
import type { Network } from "../../nn/network.ts";
import type { LabelledRows } from "../../nn/row_source.ts";
import type { Random } from "../../numeric/random.ts";
import type { ModelState } from "../classifier.ts";
import { ModelStateError } from "../model_state.ts";
import { augmentSequences, type SequenceAugmentation } from "./augment_sequences.ts";
import { NetworkClassifier, type NetworkClassifierOptions } from "./network_classifier.ts";
import type { SequencePart } from "./sequence_part.ts";

/** Settings of an {@linkcode Attention}. */
export interface AttentionOptions extends NetworkClassifierOptions {
  /**
   * What a frame holds of each modality, side by side; one or two of them.
   *
   * @default {the 21 descriptors of a face}
   */
  readonly parts?: readonly SequencePart[];
  /**
   * How training changes rows each time it sees them; false leaves them as they are.
   *
   * @default {all that SequenceAugmentation knows, as it says}
   */
  readonly augment?: SequenceAugmentation | false;
}

/** How it trains unless told otherwise. */
const TRAINING: NetworkClassifierOptions = {
  batchSize: 32,
  epochs: 45,
  learningRate: 1e-3,
  schedule: "cosine",
  warmUp: 0.1,
  labelSmoothing: 0.1,
  earlyStopping: { share: 0.12, patience: 15 },
};
const FACE: readonly SequencePart[] = [{ modality: "video", channels: 21 }];

/**
 * Attention between modalities (see {@linkcode createAttentionFusion}) as a classifier of sequences: Adam from 1e-3
 * after a warm-up down to 0, batches of 32, augmented rows some of which lose a modality (see
 * {@linkcode augmentSequences}), and early stopping on 12 % of the rows, whole groups of them. A modality of which
 * every number of a row is 0 counts as missing. `embed` gives 64 numbers a modality.
 *
 * @example
 * ```ts
 * import { Attention } from "./attention.ts";
 * import { initBackend } from "../../nn/backend.ts";
 * import { Matrix } from "../../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * await initBackend();
 * const parts = [{ modality: "audio", channels: 2 }, { modality: "video", channels: 1 }] as const;
 * const wave = (period: number, phase: number) =>
 *   Array.from({ length: 10 * 3 }, (_, t) => Math.sin(2 * Math.PI * (t + phase) / period));
 * const x = Matrix.fromRows([wave(4, 0), wave(4, 1), wave(10, 0), wave(10, 2)]);
 * const model = new Attention({ parts, epochs: 2, seed: 1 });
 * model.fit(x, Int32Array.of(0, 0, 1, 1), 2);
 * assert.equal(model.embed(x).cols, 128);
 * model.dispose();
 * ```
 */
export class Attention extends NetworkClassifier {
  /** The model's name in tables and files. */
  override readonly name = "attention";
  readonly #parts: readonly SequencePart[];
  readonly #augment: SequenceAugmentation | false;

  /** Makes an unfitted model. */
  constructor({ parts = FACE, augment = {}, ...options }: AttentionOptions = {}) {
    super({ ...TRAINING, ...options });
    this.#parts = parts;
    this.#augment = augment;
  }

  /**
   * Makes the network for rows of `nFeatures` numbers.
   *
   * @throws {RangeError} If they are no whole frames, or of more than two modalities.
   */
  protected override build(nFeatures: number, nClasses: number, random: Random): Network {
    const channels = this.#parts.map((part) => part.channels);
    return createAttentionFusion({ inputSize: nFeatures, channels, nClasses, random });
  }

  /** The rows as training sees them. */
  protected override vary(rows: LabelledRows, random: Random): LabelledRows {
    return this.#augment === false
      ? rows
      : augmentSequences(rows, this.#parts, random, this.#augment);
  }

  /**
   * What the fitted model needs to be rebuilt.
   *
   * @throws {NotFittedError} If the model has not been fitted.
   */
  override state(): ModelState {
    const { settings, ...state } = super.state();
    const parts = this.#parts.map(({ modality, channels }) => ({ modality, channels }));
    return { ...state, settings: { ...settings, parts } };
  }

  /**
   * Rebuilds a fitted model from its `state`.
   *
   * @throws {ModelStateError} If the state is of another model or incomplete.
   */
  static fromState(state: ModelState): Attention {
    const model = new Attention({
      parts: state.model === "attention" ? readParts(state) : undefined,
    });
    model.restore(state);
    return model;
  }
}

function readParts({ settings: { parts, nFeatures } }: ModelState): SequencePart[] {
  const isPart = (part: SequencePart) =>
    MODALITIES.includes(part?.modality) && Number.isSafeInteger(part.channels) && part.channels > 0;
  if (!Array.isArray(parts) || parts.length > 2 || !parts.every(isPart)) {
    throw new ModelStateError("the saved attention model does not say what a frame holds");
  }
  const width = parts.reduce((sum, { channels }) => sum + channels, 0);
  if (parts.length === 0 || Number(nFeatures) % width !== 0) {
    throw new ModelStateError("the saved attention model does not say what a frame holds");
  }
  return parts.map(({ modality, channels }) => ({ modality, channels }));
}
