import { createCnn1d } from "../../../models/cnn1d.ts";
import type { Network } from "../../nn/network.ts";
import type { Random } from "../../numeric/random.ts";
import type { ModelState } from "../classifier.ts";
import { NetworkClassifier } from "./network_classifier.ts";

/**
 * The tutorial's 1-D convolutional network (see {@linkcode createCnn1d}) as a classifier: Adam 1e-4,
 * batches of 8, 10 epochs. `embed` gives its 128-number layer.
 *
 * @example
 * ```ts
 * import { Cnn1d } from "./cnn1d.ts";
 * import { initBackend } from "../../nn/backend.ts";
 * import { Matrix } from "../../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * await initBackend();
 * const wave = (period: number, phase: number) =>
 *   Array.from({ length: 40 }, (_, t) => Math.sin(2 * Math.PI * (t + phase) / period));
 * const x = Matrix.fromRows([wave(4, 0), wave(4, 1), wave(4, 2), wave(10, 0), wave(10, 2), wave(10, 5)]);
 * const model = new Cnn1d({ epochs: 20, learningRate: 1e-3, seed: 1 });
 * model.fit(x, Int32Array.of(0, 0, 0, 1, 1, 1), 2);
 * assert.equal(model.predictProba(x).cols, 2);
 * assert.equal(model.embed(x).cols, 128);
 * model.dispose();
 * ```
 */
export class Cnn1d extends NetworkClassifier {
  /** The model's name in tables and files. */
  override readonly name = "cnn1d";

  /**
   * Makes the network for rows of `nFeatures` numbers.
   *
   * @throws {RangeError} If there are fewer than 10.
   */
  protected override build(nFeatures: number, nClasses: number, random: Random): Network {
    return createCnn1d({ inputSize: nFeatures, nClasses, random });
  }

  /**
   * Rebuilds a fitted model from its `state`.
   *
   * @throws {ModelStateError} If the state is of another model or incomplete.
   */
  static fromState(state: ModelState): Cnn1d {
    const model = new Cnn1d();
    model.restore(state);
    return model;
  }
}
