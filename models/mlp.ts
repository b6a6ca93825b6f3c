import * as tf from "@tensorflow/tfjs";
import { batchNormLayer } from "../src/nn/layers/batch_norm.ts";
import { denseLayer } from "../src/nn/layers/dense.ts";
import { dropout } from "../src/nn/layers/dropout.ts";
import type { Network } from "../src/nn/network.ts";
import type { Random } from "../src/numeric/random.ts";
import { VariableSet } from "../src/nn/variable_set.ts";

const UNITS = 16;

/** Settings of {@linkcode createMlp}. */
export interface MlpOptions {
  /** Numbers in one row: 256 for two concatenated 128-number layers. */
  readonly inputSize: number;
  /** Number of classes. */
  readonly nClasses: number;
  /** Source of the initial weights. */
  readonly random: Random;
  /**
   * Share of the last hidden layer's values that training drops, at least 0 and below 1.
   *
   * @default {0.1}
   */
  readonly dropoutRate?: number;
  /**
   * In how many equal parts a row is cut, one a modality, of which the network takes a weighted average
   * first. It learns the weights, a softmax over `modality_weights`. 1: the row is taken as it is.
   *
   * @default {1}
   */
  readonly weightedParts?: number;
}

/**
 * The network that the tutorial puts on fused features: `batch_normalization`, `dense` (16, ReLU),
 * `dense_1` (16, ReLU: the feature layer), dropout, `dense_2` (logits of the classes). Layers and
 * variables are named as Keras names them.
 *
 * @throws {RangeError} If `inputSize` cannot be cut into `weightedParts` equal parts.
 *
 * @example
 * ```ts
 * import { createMlp } from "./mlp.ts";
 * import { initBackend } from "../src/nn/backend.ts";
 * import { matrixRows } from "../src/nn/row_source.ts";
 * import { predictNetwork } from "../src/nn/predict.ts";
 * import { Matrix } from "../src/numeric/matrix.ts";
 * import { Random } from "../src/numeric/random.ts";
 * import assert from "node:assert/strict";
 *
 * await initBackend();
 * const network = createMlp({ inputSize: 4, nClasses: 2, random: new Random(1) });
 * const { probabilities } = predictNetwork(network, matrixRows(new Matrix(1, 4)));
 * assert.deepEqual(Array.from(probabilities.data), [0.5, 0.5]); // zeros in, and biases start at zero
 * network.dispose();
 * ```
 */
export function createMlp(options: MlpOptions): Network {
  const { inputSize, nClasses, random, dropoutRate = 0.1, weightedParts = 1 } = options;
  const width = inputSize / weightedParts;
  if (!Number.isSafeInteger(width) || width < 1) {
    throw new RangeError(`${inputSize} numbers cannot be cut into ${weightedParts} equal parts`);
  }
  const variables = new VariableSet();
  const weights = weightedParts > 1
    ? variables.add("modality_weights", [1, weightedParts, 1])
    : undefined;
  const average = (x: tf.Tensor) =>
    weights === undefined ? x : tf.sum(
      tf.mul(tf.reshape(x, [-1, weightedParts, width]), softmaxOverParts(weights)),
      1,
    );
  const normalise = batchNormLayer(variables, "batch_normalization", width);
  const hidden1 = denseLayer(variables, "dense", width, UNITS, random);
  const hidden2 = denseLayer(variables, "dense_1", UNITS, UNITS, random);
  const output = denseLayer(variables, "dense_2", UNITS, nClasses, random);
  return {
    inputSize,
    featureSize: UNITS,
    nClasses,
    variables,
    forward(x, random) {
      const normal = normalise(average(x), random !== undefined);
      const features = tf.relu(hidden2(tf.relu(hidden1(normal))));
      return { features, logits: output(dropout(features, dropoutRate, random)) };
    },
    dispose: () => variables.dispose(),
  };
}

/** The softmax of [1, parts, 1] along its middle. */
function softmaxOverParts(weights: tf.Tensor): tf.Tensor {
  const exponentials = tf.exp(weights);
  return tf.div(exponentials, tf.sum(exponentials, 1, true));
}
