import * as tf from "@tensorflow/tfjs";
import { batchNormLayer } from "../src/nn/layers/batch_norm.ts";
import { conv1dLayer } from "../src/nn/layers/conv1d.ts";
import { denseLayer } from "../src/nn/layers/dense.ts";
import { dropout } from "../src/nn/layers/dropout.ts";
import { reluMaxPool } from "../src/nn/layers/relu_max_pool.ts";
import type { Network } from "../src/nn/network.ts";
import type { Random } from "../src/numeric/random.ts";
import { VariableSet } from "../src/nn/variable_set.ts";

/** Shortest row that both convolutions and both poolings leave something of. */
const SHORTEST = 10;
const WIDTH = 3;
const FILTERS = [32, 64] as const;
const FEATURES = 128;

/** Settings of {@linkcode createCnn1d}. */
export interface Cnn1dOptions {
  /** Numbers in one row: 2520 for one modality, 5040 for early fusion; at least 10. */
  readonly inputSize: number;
  /** Number of classes. */
  readonly nClasses: number;
  /** Source of the initial weights. */
  readonly random: Random;
  /**
   * Share of the feature layer's values that training drops, at least 0 and below 1.
   *
   * @default {0.5}
   */
  readonly dropoutRate?: number;
}

/**
 * The 1-D convolutional network of the tutorial. A row is a signal of `inputSize` steps and one channel.
 *
 * | layer | output, for 2520 numbers |
 * |---|---|
 * | `conv1d`: 32 filters of width 3, no padding, ReLU | 2518 x 32 |
 * | max pooling by 2 (an odd last step is dropped) | 1259 x 32 |
 * | `conv1d_1`: 64 filters of width 3, no padding, ReLU | 1257 x 64 |
 * | max pooling by 2 | 628 x 64 |
 * | flatten, `batch_normalization` | 40192 |
 * | `dense`: 128, ReLU: the feature layer of late fusion | 128 |
 * | dropout, `dense_1`: logits of the classes | nClasses |
 *
 * Layers and variables are named as Keras names them.
 *
 * @throws {RangeError} If `inputSize` is below 10.
 *
 * @example
 * ```ts
 * import { createCnn1d } from "./cnn1d.ts";
 * import { initBackend } from "../src/nn/backend.ts";
 * import { Random } from "../src/numeric/random.ts";
 * import assert from "node:assert/strict";
 *
 * await initBackend();
 * const network = createCnn1d({ inputSize: 64, nClasses: 3, random: new Random(1) });
 * assert.deepEqual(network.variables.tensors()["dense/kernel"].shape, [14 * 64, 128]);
 * network.dispose();
 * ```
 */
export function createCnn1d(options: Cnn1dOptions): Network {
  const { inputSize, nClasses, random, dropoutRate = 0.5 } = options;
  if (!Number.isSafeInteger(inputSize) || inputSize < SHORTEST) {
    throw new RangeError(
      `cnn1d needs rows of at least ${SHORTEST} numbers, got ${inputSize}: two convolutions of width ` +
        `${WIDTH} and two poolings leave nothing of a shorter one`,
    );
  }
  const variables = new VariableSet();
  const [first, second] = FILTERS;
  const convolution1 = conv1dLayer(
    variables,
    "conv1d",
    { width: WIDTH, inputs: 1, outputs: first },
    random,
  );
  const convolution2 = conv1dLayer(
    variables,
    "conv1d_1",
    { width: WIDTH, inputs: first, outputs: second },
    random,
  );
  const steps = convolvedAndPooled(convolvedAndPooled(inputSize));
  const normalise = batchNormLayer(variables, "batch_normalization", steps * second);
  const dense = denseLayer(variables, "dense", steps * second, FEATURES, random);
  const output = denseLayer(variables, "dense_1", FEATURES, nClasses, random);

  return {
    inputSize,
    featureSize: FEATURES,
    nClasses,
    variables,
    forward(x, random) {
      const n = x.shape[0];
      const signal = tf.reshape(x, [n, 1, inputSize, 1]);
      const pooled1 = reluMaxPool(convolution1(signal), 1, 2);
      const pooled2 = reluMaxPool(convolution2(pooled1), 1, 2);
      const flat = tf.reshape(pooled2, [n, steps * second]);
      const features = tf.relu(dense(normalise(flat, random !== undefined)));
      return { features, logits: output(dropout(features, dropoutRate, random)) };
    },
    dispose: () => variables.dispose(),
  };
}

function convolvedAndPooled(steps: number): number {
  return Math.floor((steps - WIDTH + 1) / 2);
}
