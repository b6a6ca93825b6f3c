import * as tf from "@tensorflow/tfjs";
import { batchNormLayer } from "../src/nn/layers/batch_norm.ts";
import { conv1dLayer } from "../src/nn/layers/conv1d.ts";
import { denseLayer } from "../src/nn/layers/dense.ts";
import { dropout } from "../src/nn/layers/dropout.ts";
import type { Network } from "../src/nn/network.ts";
import type { Random } from "../src/numeric/random.ts";
import type { Tensor } from "../src/nn/tensor.ts";
import { VariableSet } from "../src/nn/variable_set.ts";

/** Fewest frames that the convolutions leave something of. */
const SHORTEST = 32;
const WIDTH = 5;
const FILTERS = [48, 64, 96] as const;
const FEATURES = 128;

/** Settings of {@linkcode createSequenceCnn}. */
export interface SequenceCnnOptions {
  /** Numbers in one row: frames times channels; at least 32 frames. */
  readonly inputSize: number;
  /** Numbers a frame. */
  readonly channels: number;
  /** Number of classes. */
  readonly nClasses: number;
  /** Source of the initial weights. */
  readonly random: Random;
  /**
   * Share of values that training drops, of the pooled ones and of the feature layer, at least 0 and
   * below 1.
   *
   * @default {0.5}
   */
  readonly dropoutRate?: number;
}

/**
 * A small convolutional network over time, after the fully convolutional network of Z. Wang, W. Yan and
 * T. Oates ("Time series classification from scratch with deep neural networks: a strong baseline",
 * IJCNN 2017). A row is a sequence of frames, frame after frame; what a frame holds are its channels, which
 * the first convolution sees together.
 *
 * | layer | output, for 120 frames of 21 |
 * |---|---|
 * | `conv1d`: 48 filters of width 5, `batch_normalization`, ReLU, max pooling by 2 | 58 x 48 |
 * | `conv1d_1`: 64 filters of width 5, `batch_normalization_1`, ReLU, max pooling by 2 | 27 x 64 |
 * | `conv1d_2`: 96 filters of width 5, `batch_normalization_2`, ReLU | 23 x 96 |
 * | mean and maximum over time, dropout | 192 |
 * | `dense`: 128, ReLU: the feature layer of late fusion | 128 |
 * | dropout, `dense_1`: logits of the classes | nClasses |
 *
 * @throws {RangeError} If `inputSize` is no multiple of `channels`, or below 32 frames.
 *
 * @example
 * ```ts
 * import { createSequenceCnn } from "./sequence_cnn.ts";
 * import { initBackend } from "../src/nn/backend.ts";
 * import { Random } from "../src/numeric/random.ts";
 * import assert from "node:assert/strict";
 *
 * await initBackend();
 * const options = { inputSize: 40 * 3, channels: 3, nClasses: 4, random: new Random(1) };
 * const network = createSequenceCnn(options);
 * assert.deepEqual(network.variables.tensors()["conv1d/kernel"].shape, [5, 3, 48]);
 * network.dispose();
 * ```
 */
export function createSequenceCnn(options: SequenceCnnOptions): Network {
  const { inputSize, channels, nClasses, random, dropoutRate = 0.5 } = options;
  const frames = inputSize / channels;
  if (!Number.isSafeInteger(frames) || frames < SHORTEST) {
    throw new RangeError(
      `cnn-sequence needs rows of at least ${SHORTEST} frames of ${channels} numbers, got ${inputSize} numbers`,
    );
  }
  const variables = new VariableSet();
  const blocks = FILTERS.map((outputs, i) => {
    const suffix = i === 0 ? "" : `_${i}`;
    const sizes = { width: WIDTH, inputs: i === 0 ? channels : FILTERS[i - 1], outputs };
    const convolve = conv1dLayer(variables, `conv1d${suffix}`, sizes, random);
    const normalise = batchNormLayer(variables, `batch_normalization${suffix}`, outputs);
    return (x: Tensor, training: boolean) => {
      const y = convolve(x);
      // Every frame of every row is one more example of a channel.
      const columns = tf.reshape(y, [y.size / outputs, outputs]);
      return tf.relu(tf.reshape(normalise(columns, training), y.shape));
    };
  });
  const last = FILTERS[FILTERS.length - 1];
  const dense = denseLayer(variables, "dense", 2 * last, FEATURES, random);
  const output = denseLayer(variables, "dense_1", FEATURES, nClasses, random);

  return {
    inputSize,
    featureSize: FEATURES,
    nClasses,
    variables,
    forward(x, random) {
      let y: Tensor = tf.reshape(x, [x.shape[0], 1, frames, channels]);
      blocks.forEach((block, i) => {
        if (i > 0) y = pool(y);
        y = block(y, random !== undefined);
      });
      const pooled = tf.concat([tf.mean(y, [1, 2]), tf.max(y, [1, 2])], 1);
      const features = tf.relu(dense(dropout(pooled, dropoutRate, random)));
      return { features, logits: output(dropout(features, dropoutRate, random)) };
    },
    dispose: () => variables.dispose(),
  };
}

function pool(x: Tensor): Tensor {
  return tf.maxPool(x as tf.Tensor4D, [1, 2], [1, 2], "valid");
}
