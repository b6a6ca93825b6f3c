import * as tf from "@tensorflow/tfjs";
import { Matrix } from "../numeric/matrix.ts";
import type { Network } from "./network.ts";
import type { RowSource } from "./row_source.ts";

/** What a network says about rows. */
export interface Prediction {
  /** Class probabilities [rows, nClasses]; each row sums to 1. */
  readonly probabilities: Matrix;
  /** Values of the network's feature layer [rows, featureSize]. */
  readonly features: Matrix;
}

/** Settings of {@linkcode predictNetwork}. */
export interface PredictOptions {
  /**
   * Rows computed at once: bounds the memory, does not change the result beyond rounding.
   *
   * @default {32}
   */
  readonly batchSize?: number;
}

/**
 * Evaluates a network on every row of `source`, without dropout and with the moving statistics.
 *
 * @throws {RangeError} If the batch size is not a positive integer.
 */
export function predictNetwork(
  network: Network,
  source: RowSource,
  options: PredictOptions = {},
): Prediction {
  const { batchSize = 32 } = options;
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    throw new RangeError(`batchSize must be a positive integer, got ${batchSize}`);
  }
  const probabilities = new Matrix(source.rows, network.nClasses);
  const features = new Matrix(source.rows, network.featureSize);
  for (let at = 0; at < source.rows; at += batchSize) {
    const n = Math.min(batchSize, source.rows - at);
    const indices = Int32Array.from({ length: n }, (_, i) => at + i);
    tf.tidy(() => {
      const output = network.forward(tf.tensor2d(source.batch(indices), [n, network.inputSize]));
      features.data.set(output.features.dataSync(), at * network.featureSize);
      probabilities.data.set(tf.softmax(output.logits).dataSync(), at * network.nClasses);
    });
  }
  return { probabilities, features };
}
