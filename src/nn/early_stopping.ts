import { meanRecall } from "../numeric/mean_recall.ts";
import type { Network } from "./network.ts";
import { predictNetwork } from "./predict.ts";
import type { LabelledRows } from "./row_source.ts";
import type { TensorMap } from "../numeric/safetensors.ts";

/** Rows that training stops by. */
export interface Validation {
  /** Rows that are not trained on. */
  readonly source: LabelledRows;
  /** Training stops after this many epochs in a row without a lower validation loss. */
  readonly patience: number;
}

/** How a network does on its validation rows. */
export interface ValidationResult {
  /** Mean categorical cross-entropy of the validation rows. */
  readonly valLoss: number;
  /** Share of the validation rows classified rightly, 0 to 1. */
  readonly valAccuracy: number;
  /** Unweighted average recall of the validation rows, 0 to 1. */
  readonly valUar: number;
}

/** The smallest probability that counts, as in Keras: a logarithm of 0 would hide all other rows. */
const SMALLEST = 1e-7;

/**
 * Early stopping as Keras's `EarlyStopping(monitor="val_loss", restore_best_weights=True)` does it: keeps
 * the weights of the epoch with the lowest validation loss, and says when to stop.
 *
 * @example
 * ```ts
 * import { createMlp } from "../../models/mlp.ts";
 * import { initBackend } from "./backend.ts";
 * import { EarlyStopping } from "./early_stopping.ts";
 * import { Random } from "../numeric/random.ts";
 * import assert from "node:assert/strict";
 *
 * await initBackend();
 * const network = createMlp({ inputSize: 2, nClasses: 2, random: new Random(1) });
 * const source = { rows: 2, labels: Int32Array.of(0, 1), batch: () => Float32Array.of(0, 1, 1, 0) };
 * const stopping = new EarlyStopping(network, { source, patience: 1 });
 * assert(stopping.check().valLoss > 0);
 * assert.equal(stopping.isOver, false);
 * stopping.check(); // The same weights: no better.
 * assert.equal(stopping.isOver, true);
 * stopping.restore();
 * network.dispose();
 * ```
 */
export class EarlyStopping {
  readonly #network: Network;
  readonly #validation: Validation;
  #best: TensorMap | undefined;
  #bestLoss = Infinity;
  #worse = 0;

  /**
   * Watches `network`.
   *
   * @throws {RangeError} If there are no rows or labels, or the patience is not a positive integer.
   */
  constructor(network: Network, validation: Validation) {
    const { source: { rows, labels }, patience } = validation;
    if (rows < 1 || rows !== labels.length) {
      throw new RangeError(`cannot validate on ${rows} rows with ${labels.length} labels`);
    }
    const bad = labels.find((label) => !(label >= 0 && label < network.nClasses));
    if (bad !== undefined) {
      throw new RangeError(
        `validation label ${bad} is out of range: the network has ${network.nClasses} classes`,
      );
    }
    if (!Number.isSafeInteger(patience) || patience < 1) {
      throw new RangeError(`patience must be a positive integer, got ${patience}`);
    }
    this.#network = network;
    this.#validation = validation;
  }

  /** Evaluates the network after an epoch and keeps its weights if they are the best so far. */
  check(): ValidationResult {
    const { source } = this.#validation;
    const { probabilities } = predictNetwork(this.#network, source);
    const predicted = probabilities.argMax();
    let loss = 0, right = 0;
    source.labels.forEach((label, r) => {
      loss -= Math.log(Math.max(probabilities.row(r)[label], SMALLEST));
      if (predicted[r] === label) right++;
    });
    const valLoss = loss / source.rows;
    if (valLoss < this.#bestLoss) {
      this.#bestLoss = valLoss;
      this.#best = this.#network.variables.tensors();
      this.#worse = 0;
    } else {
      this.#worse++;
    }
    return {
      valLoss,
      valAccuracy: right / source.rows,
      valUar: meanRecall(source.labels, predicted),
    };
  }

  /** Whether the loss has not fallen for as many epochs as patience lasts. */
  get isOver(): boolean {
    return this.#worse >= this.#validation.patience;
  }

  /** Gives the network the best weights. */
  restore(): void {
    if (this.#best !== undefined) this.#network.variables.assign(this.#best);
  }
}
