import * as tf from "@tensorflow/tfjs";
import { Adam } from "./adam.ts";
import { EarlyStopping, type Validation, type ValidationResult } from "./early_stopping.ts";
import { FitError } from "../numeric/fit_error.ts";
import { collectDenseGradients, type DenseGradient } from "./layers/dense_gradients.ts";
import type { Network } from "./network.ts";
import { Random } from "../numeric/random.ts";
import type { LabelledRows } from "./row_source.ts";
import type { Tensor } from "./tensor.ts";

/** What one pass over the training data gave; with validation rows, also how the network does on them. */
export interface EpochResult extends Partial<ValidationResult> {
  /** Number of the epoch, from 1. */
  readonly epoch: number;
  /** Mean categorical cross-entropy of the batches as they were trained on, weighted by their size. */
  readonly loss: number;
  /** Share of rows classified rightly as they were trained on (with dropout), 0 to 1. */
  readonly accuracy: number;
}

/** Settings of {@linkcode trainClassifier}. */
export interface TrainOptions {
  /**
   * Rows a step. The last batch of an epoch holds what is left.
   *
   * @default {8}
   */
  readonly batchSize?: number;
  /**
   * Passes over the data.
   *
   * @default {10}
   */
  readonly epochs?: number;
  /**
   * Step size of Adam.
   *
   * @default {1e-4}
   */
  readonly learningRate?: number;
  /**
   * Whether the step size stays as it is, or falls to 0 by half a cosine over all epochs (I. Loshchilov
   * and F. Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR 2017, without restarts).
   *
   * @default {"constant"}
   */
  readonly schedule?: "constant" | "cosine";
  /**
   * Share of all steps in which the step size first rises evenly to what the schedule says, from 0 to 1:
   * what attention needs, whose gradients are large at first.
   *
   * @default {0}
   */
  readonly warmUp?: number;
  /**
   * Share of a row's label that is spread evenly over all classes, at least 0 and below 1 (C. Szegedy et al.,
   * "Rethinking the inception architecture for computer vision", CVPR 2016). The loss that is reported is then
   * that of the spread labels; that of validation rows is not.
   *
   * @default {0}
   */
  readonly labelSmoothing?: number;
  /**
   * Seed of the order of rows and of dropout.
   *
   * @default {0}
   */
  readonly seed?: number;
  /**
   * Rows to stop by: training ends when their loss falls no more, or after `epochs`, and the network
   * keeps the weights with which it was lowest. Without them it trains for all epochs.
   *
   * @default {undefined}
   */
  readonly validation?: Validation;
  /** Called after each epoch. */
  readonly onEpoch?: (result: EpochResult) => void;
}

/** Thrown when training cannot go on. */
export class TrainingError extends FitError {
  /** The error's class name. */
  override readonly name = "TrainingError";
}

/**
 * Trains a classifier by Adam on the categorical cross-entropy, as Keras's `fit` does: a new order of
 * rows each epoch and a smaller last batch. Like Keras's TensorFlow backend it computes the loss of a
 * softmax from the logits, which needs no clipping. The same network, rows and options give the
 * same bits on every run on one machine.
 *
 * @example
 * ```ts
 * import { createMlp } from "../../models/mlp.ts";
 * import { initBackend } from "./backend.ts";
 * import { Random } from "../numeric/random.ts";
 * import { trainClassifier } from "./train.ts";
 * import assert from "node:assert/strict";
 *
 * await initBackend();
 * const network = createMlp({ inputSize: 2, nClasses: 2, random: new Random(1) });
 * const x = [[0, 1], [0.1, 0.9], [1, 0], [0.9, 0.2]];
 * const history = trainClassifier(network, {
 *   rows: 4,
 *   labels: Int32Array.of(0, 0, 1, 1),
 *   batch: (indices) => Float32Array.from(Array.from(indices, (i) => x[i]).flat()),
 * }, { batchSize: 4, epochs: 40, learningRate: 0.01 });
 * assert(history.at(-1)!.loss < history[0].loss);
 * network.dispose();
 * ```
 *
 * @returns What each epoch gave: the training curve.
 *
 * @throws {RangeError} If there are no rows, a label is out of range or an option makes no sense.
 * @throws {TrainingError} If the loss is no longer a finite number.
 */
export function trainClassifier(
  network: Network,
  source: LabelledRows,
  options: TrainOptions = {},
): EpochResult[] {
  const { batchSize = 8, epochs = 10, learningRate = 1e-4, seed = 0, onEpoch } = options;
  const { schedule = "constant", warmUp = 0, labelSmoothing = 0 } = options;
  const steps = Math.ceil(source.rows / batchSize) * epochs;
  check(network, source, { batchSize, epochs, learningRate, warmUp, labelSmoothing });
  const stopping = options.validation && new EarlyStopping(network, options.validation);
  const order = new Random(seed).derive("order");
  const dropout = new Random(seed).derive("dropout");
  const adam = new Adam(network.variables.trainable, { learningRate });
  const history: EpochResult[] = [];
  let taken = 0;
  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const permutation = order.permutation(source.rows);
      let loss = 0;
      let correct = 0;
      for (let at = 0; at < source.rows; at += batchSize) {
        const indices = permutation.subarray(at, at + batchSize);
        const labels = Int32Array.from(indices, (i) => source.labels[i]);
        adam.rate = rateAt(taken++, { steps, schedule, warmUp });
        const x = source.batch(indices);
        const step = trainStep(network, adam, x, labels, dropout, labelSmoothing);
        loss += step.loss * indices.length;
        correct += step.correct;
      }
      const meanLoss = loss / source.rows;
      if (!Number.isFinite(meanLoss)) {
        throw new TrainingError(
          `the loss became ${meanLoss} in epoch ${epoch}: lower the learning rate ` +
            `(${learningRate}) or check the features for values that are not finite`,
        );
      }
      const result = {
        epoch,
        loss: meanLoss,
        accuracy: correct / source.rows,
        ...stopping?.check(),
      };
      history.push(result);
      onEpoch?.(result);
      if (stopping?.isOver) break;
    }
    stopping?.restore();
  } finally {
    adam.dispose();
  }
  return history;
}

/** The factor of the step size after `taken` of all steps. */
function rateAt(
  taken: number,
  { steps, schedule, warmUp }:
    & { steps: number }
    & Required<
      Pick<TrainOptions, "schedule" | "warmUp">
    >,
): number {
  const rise = warmUp === 0 ? 1 : Math.min(1, (taken + 1) / (warmUp * steps));
  return schedule === "cosine" ? rise * (1 + Math.cos(Math.PI * taken / steps)) / 2 : rise;
}

/** What one batch gave before its update. */
export interface StepResult {
  /** Mean categorical cross-entropy. */
  readonly loss: number;
  /** Rows classified rightly. */
  readonly correct: number;
}

/**
 * One step of training: forward, backward, update.
 *
 * @param network The network that learns.
 * @param adam The optimiser of the network's trainable variables.
 * @param x The rows, one after the other.
 * @param labels Class index of each row.
 * @param random Source of the dropout masks.
 * @param labelSmoothing Share of a label that is spread evenly over all classes.
 */
export function trainStep(
  network: Network,
  adam: Adam,
  x: Float32Array,
  labels: Int32Array,
  random: Random,
  labelSmoothing = 0,
): StepResult {
  return tf.tidy(() => {
    const trainable = network.variables.trainable;
    const input = tf.tensor2d(x, [labels.length, network.inputSize]);
    const sure = tf.oneHot(tf.tensor1d(labels, "int32"), network.nClasses);
    const target = labelSmoothing === 0
      ? sure
      : tf.add(tf.mul(sure, 1 - labelSmoothing), labelSmoothing / network.nClasses);
    const step = { loss: NaN, correct: 0 };
    const backward = () =>
      tf.variableGrads(() => {
        const { logits } = network.forward(input, random);
        step.correct = countCorrect(logits.dataSync<"float32">(), labels);
        return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), target), 1))) as tf.Scalar;
      }, trainable);
    collectDenseGradients(backward, ({ value, grads }, dense) => {
      step.loss = value.dataSync()[0];
      adam.apply(
        trainable.map((variable) => gradientOf(grads[variable.name], dense.get(variable))),
      );
    });
    return step;
  });
}

/** A gradient as tfjs has it, as factors, or the sum of all, where a kernel is used more than once. */
function gradientOf(
  gradient: Tensor | undefined,
  dense: readonly DenseGradient[] = [],
): Tensor | DenseGradient {
  if (dense.length === 0) return gradient!;
  if (dense.length === 1 && gradient === undefined) return dense[0];
  const products = dense.map(({ x, dy }) => tf.matMul(x, dy, true));
  return tf.addN(gradient === undefined ? products : [gradient, ...products]);
}

function countCorrect(logits: Float32Array, labels: Int32Array): number {
  const nClasses = logits.length / labels.length;
  return labels.reduce((correct, label, i) => {
    const row = logits.subarray(i * nClasses, (i + 1) * nClasses);
    return correct + (row.indexOf(Math.max(...row)) === label ? 1 : 0);
  }, 0);
}

function check(
  network: Network,
  { rows, labels }: LabelledRows,
  { batchSize, epochs, learningRate, warmUp, labelSmoothing }: Record<
    "batchSize" | "epochs" | "learningRate" | "warmUp" | "labelSmoothing",
    number
  >,
): void {
  if (rows < 1 || rows !== labels.length) {
    throw new RangeError(`cannot train on ${rows} rows with ${labels.length} labels`);
  }
  const bad = labels.find((label) => !(label >= 0 && label < network.nClasses));
  if (bad !== undefined) {
    throw new RangeError(
      `label ${bad} is out of range: the network has ${network.nClasses} classes`,
    );
  }
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    throw new RangeError(`batchSize must be a positive integer, got ${batchSize}`);
  }
  if (!Number.isSafeInteger(epochs) || epochs < 1) {
    throw new RangeError(`epochs must be a positive integer, got ${epochs}`);
  }
  if (!(learningRate > 0 && learningRate < Infinity)) {
    throw new RangeError(`learningRate must be a positive number, got ${learningRate}`);
  }
  if (!(warmUp >= 0 && warmUp <= 1)) {
    throw new RangeError(`warmUp must be from 0 to 1, got ${warmUp}`);
  }
  if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
    throw new RangeError(`labelSmoothing must be at least 0 and below 1, got ${labelSmoothing}`);
  }
}
