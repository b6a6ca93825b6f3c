import { createMlp } from "../../models/mlp.ts";
import type { Network } from "../nn/network.ts";
import type { Random } from "../nn/random.ts";
import type { ModelState } from "./classifier.ts";
import { NetworkClassifier } from "./network_classifier.ts";

/**
 * The network that late fusion puts on fused features (see {@linkcode createMlp}) as a classifier: Adam
 * 1e-4, batches of 8, 10 epochs, like the tutorial's other networks. `embed` gives its second hidden layer.
 *
 * @example
 * ```ts
 * import { Mlp } from "./mlp.ts";
 * import { initBackend } from "../nn/backend.ts";
 * import { Matrix } from "../nn/matrix.ts";
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

  /** Makes the network for rows of `nFeatures` numbers. */
  protected override build(nFeatures: number, nClasses: number, random: Random): Network {
    return createMlp({ inputSize: nFeatures, nClasses, random });
  }

  /**
   * Rebuilds a fitted model from its `state`.
   *
   * @throws {ModelStateError} If the state is of another model or incomplete.
   */
  static fromState(state: ModelState): Mlp {
    const model = new Mlp();
    model.restore(state);
    return model;
  }
}
