import * as tf from "@tensorflow/tfjs";
import { batchNormLayer } from "../src/nn/layers/batch_norm.ts";
import { conv2dLayer } from "../src/nn/layers/conv2d.ts";
import { denseLayer } from "../src/nn/layers/dense.ts";
import { dropout } from "../src/nn/layers/dropout.ts";
import type { Network } from "../src/nn/network.ts";
import type { Random } from "../src/numeric/random.ts";
import { specAugment, type SpecAugmentOptions } from "../src/nn/spec_augment.ts";
import type { Tensor } from "../src/nn/tensor.ts";
import { VariableSet } from "../src/nn/variable_set.ts";

const FEATURES = 128;
/** The blocks: how many filters, their stride, and by how much max pooling follows. */
const BLOCKS = [
  { filters: 16, stride: 2, pool: 1 },
  { filters: 32, stride: 1, pool: 2 },
  { filters: 48, stride: 1, pool: 2 },
  { filters: 64, stride: 1, pool: 1 },
] as const;
/** By how much all blocks together shrink either side. */
const SHRINKS = BLOCKS.reduce((product, { stride, pool }) => product * stride * pool, 1);

/** Settings of {@linkcode createCnn2d}. */
export interface Cnn2dOptions {
  /** Numbers in one row: frames x bands, both multiples of 8. */
  readonly inputSize: number;
  /** Number of classes. */
  readonly nClasses: number;
  /** Source of the initial weights. */
  readonly random: Random;
  /**
   * Bands of a spectrogram.
   *
   * @default {64}
   */
  readonly nBands?: number;
  /**
   * Share of the feature layer's values that training drops, at least 0 and below 1.
   *
   * @default {0.5}
   */
  readonly dropoutRate?: number;
  /** What training hides of each spectrogram. Default: that of {@linkcode specAugmentMask}. */
  readonly augment?: SpecAugmentOptions;
}

/**
 * A small convolutional network on spectrograms, after the VGG-like networks that audio tagging starts
 * from (Q. Kong and others, "PANNs: large-scale pretrained audio neural networks for audio pattern
 * recognition", IEEE/ACM TASLP 28, 2020), at a hundredth of their size. A row is a spectrogram, frame after
 * frame. Training hides stripes of it by SpecAugment.
 *
 * | layer | output, for 128 frames of 64 bands |
 * |---|---|
 * | `batch_normalization` of each band, SpecAugment | 128 x 64 x 1 |
 * | `conv2d_1`: 16 filters of 3 x 3, stride 2, `batch_normalization_1`, ReLU | 64 x 32 x 16 |
 * | `conv2d_2`: 32 filters, `batch_normalization_2`, ReLU, max pooling by 2 | 32 x 16 x 32 |
 * | `conv2d_3`: 48 filters, `batch_normalization_3`, ReLU, max pooling by 2 | 16 x 8 x 48 |
 * | `conv2d_4`: 64 filters, `batch_normalization_4`, ReLU | 16 x 8 x 64 |
 * | mean over time | 512 |
 * | `dense`: 128, ReLU: the feature layer of late fusion | 128 |
 * | dropout, `dense_1`: logits of the classes | nClasses |
 *
 * @throws {RangeError} If frames or bands are no multiples of 8.
 *
 * @example
 * ```ts
 * import { createCnn2d } from "./cnn2d.ts";
 * import { initBackend } from "../src/nn/backend.ts";
 * import { Random } from "../src/numeric/random.ts";
 * import assert from "node:assert/strict";
 *
 * await initBackend();
 * const network = createCnn2d({ inputSize: 32 * 64, nClasses: 3, random: new Random(1) });
 * assert.deepEqual(network.variables.tensors()["dense/kernel"].shape, [8 * 64, 128]);
 * network.dispose();
 * ```
 */
export function createCnn2d(options: Cnn2dOptions): Network {
  const { inputSize, nClasses, random, nBands = 64, dropoutRate = 0.5, augment } = options;
  const nFrames = inputSize / nBands;
  if (nBands % SHRINKS !== 0 || nFrames % SHRINKS !== 0 || inputSize < 1) {
    throw new RangeError(
      `cnn2d needs rows of frames x bands, both multiples of ${SHRINKS}, got ${inputSize} numbers ` +
        `for ${nBands} bands`,
    );
  }
  const variables = new VariableSet();
  const normaliseBands = batchNormLayer(variables, "batch_normalization", nBands);
  let inputs = 1;
  const blocks = BLOCKS.map(({ filters, stride, pool }, k) => {
    const convolve = conv2dLayer(
      variables,
      `conv2d_${k + 1}`,
      { inputs, outputs: filters, stride },
      random,
    );
    const normalise = batchNormLayer(variables, `batch_normalization_${k + 1}`, filters);
    inputs = filters;
    return (x: Tensor, training: boolean): Tensor => {
      const maps = convolve(x);
      const rows = tf.reshape(maps, [-1, filters]);
      const active = tf.reshape(tf.relu(normalise(rows, training)), maps.shape);
      return pool === 1 ? active : tf.maxPool(active as tf.Tensor4D, pool, pool, "valid");
    };
  });
  const [steps, columns] = [nFrames / SHRINKS, nBands / SHRINKS * inputs];
  const dense = denseLayer(variables, "dense", columns, FEATURES, random);
  const output = denseLayer(variables, "dense_1", FEATURES, nClasses, random);

  return {
    inputSize,
    featureSize: FEATURES,
    nClasses,
    variables,
    forward(x, random) {
      const n = x.shape[0];
      const training = random !== undefined;
      const normal = normaliseBands(tf.reshape(x, [n * nFrames, nBands]), training);
      const hidden = specAugment(tf.reshape(normal, [n, nFrames, nBands]), random, augment);
      const maps = blocks.reduce<Tensor>(
        (maps, block) => block(maps, training),
        tf.reshape(hidden, [n, nFrames, nBands, 1]),
      );
      const average = tf.fill([n, 1, steps], 1 / steps);
      const pooled = tf.reshape(
        tf.matMul(average, tf.reshape(maps, [n, steps, columns])),
        [n, columns],
      );
      const features = tf.relu(dense(pooled));
      return { features, logits: output(dropout(features, dropoutRate, random)) };
    },
    dispose: () => variables.dispose(),
  };
}
