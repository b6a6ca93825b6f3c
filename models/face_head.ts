import * as tf from "@tensorflow/tfjs";
import { batchNormLayer } from "../src/nn/layers/batch_norm.ts";
import { denseLayer } from "../src/nn/layers/dense.ts";
import type { Network } from "../src/nn/network.ts";
import type { Random } from "../src/numeric/random.ts";
import { VariableSet } from "../src/nn/variable_set.ts";

const FEATURES = 21;

/** Settings of {@linkcode createFaceHead}. */
export interface FaceHeadOptions {
  /** Numbers that the backbone gives for a frame: 1024 for faceres, 14336 for VGG16 on 128 x 227. */
  readonly inputSize: number;
  /** Number of classes. */
  readonly nClasses: number;
  /** Source of the initial weights. */
  readonly random: Random;
}

/**
 * The head that the tutorial trains on a frozen face backbone, each frame labelled as its clip:
 * `batch_normalization`, `feature` (21, ReLU: the feature layer, 120 x 21 = 2520 numbers a clip),
 * `dense` (logits of the classes).
 *
 * @example
 * ```ts
 * import { createFaceHead } from "./face_head.ts";
 * import { initBackend } from "../src/nn/backend.ts";
 * import { Random } from "../src/numeric/random.ts";
 * import assert from "node:assert/strict";
 *
 * await initBackend();
 * const head = createFaceHead({ inputSize: 1024, nClasses: 8, random: new Random(1) });
 * assert.equal(head.featureSize, 21);
 * head.dispose();
 * ```
 */
export function createFaceHead(options: FaceHeadOptions): Network {
  const { inputSize, nClasses, random } = options;
  const variables = new VariableSet();
  const normalise = batchNormLayer(variables, "batch_normalization", inputSize);
  const feature = denseLayer(variables, "feature", inputSize, FEATURES, random);
  const output = denseLayer(variables, "dense", FEATURES, nClasses, random);
  return {
    inputSize,
    featureSize: FEATURES,
    nClasses,
    variables,
    forward(x, random) {
      const features = tf.relu(feature(normalise(x, random !== undefined)));
      return { features, logits: output(features) };
    },
    dispose: () => variables.dispose(),
  };
}
