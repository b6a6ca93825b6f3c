import { createFaceHead } from "../../../models/face_head.ts";
import type { Network } from "../../nn/network.ts";
import type { Random } from "../../numeric/random.ts";
import { NetworkClassifier, type NetworkClassifierOptions } from "./network_classifier.ts";

/** How the tutorial trains its face head. */
const TRAINING = { batchSize: 128, epochs: 20 };

/**
 * The tutorial's face head (see {@linkcode createFaceHead}) as a classifier of single frames: rows are a
 * backbone's embeddings [frames, numbers], each labelled as its clip. Adam 1e-4, batches of 128, 20 epochs.
 * `embed` gives the 21 numbers of its feature layer.
 *
 * @example
 * ```ts
 * import { FaceHead } from "./face_head.ts";
 * import { initBackend } from "../../nn/backend.ts";
 * import { Matrix } from "../../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * await initBackend();
 * const x = Matrix.fromRows([[0, 1, 0], [0, 2, 0], [3, 0, 1], [4, 0, 1]]);
 * const head = new FaceHead({ epochs: 100, learningRate: 0.01, seed: 1 });
 * head.fit(x, Int32Array.of(0, 0, 1, 1), 2);
 * assert.deepEqual(head.predict(x), Int32Array.of(0, 0, 1, 1));
 * assert.equal(head.embed(x).cols, 21);
 * head.dispose();
 * ```
 */
export class FaceHead extends NetworkClassifier {
  /** The model's name in files. */
  override readonly name = "face-head";

  /** Makes an unfitted head; what is left out of `options` is as in the tutorial. */
  constructor(options: NetworkClassifierOptions = {}) {
    super({ ...TRAINING, ...options });
  }

  /** Makes the network for frames of `nFeatures` numbers. */
  protected override build(nFeatures: number, nClasses: number, random: Random): Network {
    return createFaceHead({ inputSize: nFeatures, nClasses, random });
  }
}
