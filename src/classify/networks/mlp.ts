import { createMlp } from "../../../models/mlp.ts";
import type { Network } from "../../nn/network.ts";
import type { Random } from "../../numeric/random.ts";
import type { ModelState } from "../classifier.ts";
import { StateReader } from "../model_state.ts";
import { NetworkClassifier, type NetworkClassifierOptions } from "./network_classifier.ts";

/** Settings of an {@linkcode Mlp}. */
export interface MlpClassifierOptions extends NetworkClassifierOptions {
  /**
   * In how many equal parts a row is cut, one a modality, of which the network learns a weighted average.
   *
   * @default {1}
   */
  readonly weightedParts?: number;
}

/**
 * The network that late fusion puts on fused features (see {@linkcode createMlp}) as a classifier: Adam
 * 1e-4, batches of 8, 10 epochs, like the tutorial's other networks. `embed` gives its second hidden layer.
 *
 * @example
 * ```ts
 * import { Mlp } from "./mlp.ts";
 * import { initBackend } from "../../nn/backend.ts";
 * import { Matrix } from "../../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * await initBackend();
 * const model = new Mlp({ epochs: 200, learningRate: 0.01, seed: 1 });
 * model.fit(Matrix.fromRows([[0, 1], [0, 2], [3, 0], [4, 0]]), Int32Array.of(0, 0, 1, 1), 2);
 * assert.deepEqual(model.predict(Matrix.fromRows([[0, 1.5], [3.5, 0]])), Int32Array.of(0, 1));
 * model.dispose();
 * ```
 */
export class Mlp extends NetworkClassifier {
  /** The model's name in tables and files. */
  override readonly name = "mlp";

  #weightedParts: number;

  /** Makes an unfitted model. */
  constructor(options: MlpClassifierOptions = {}) {
    super(options);
    this.#weightedParts = options.weightedParts ?? 1;
  }

  /** What the fitted model needs to be rebuilt. */
  override state(): ModelState {
    const { settings, ...state } = super.state();
    return { ...state, settings: { ...settings, weightedParts: this.#weightedParts } };
  }

  /** Makes the network for rows of `nFeatures` numbers. */
  protected override build(nFeatures: number, nClasses: number, random: Random): Network {
    return createMlp({
      inputSize: nFeatures,
      nClasses,
      random,
      weightedParts: this.#weightedParts,
    });
  }

  /**
   * Rebuilds a fitted model from its `state`.
   *
   * @throws {ModelStateError} If the state is of another model or incomplete.
   */
  static fromState(state: ModelState): Mlp {
    const weightedParts = new StateReader(state, "mlp").count("weightedParts");
    const model = new Mlp({ weightedParts });
    model.restore(state);
    return model;
  }
}
