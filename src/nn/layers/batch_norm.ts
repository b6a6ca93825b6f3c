import * as tf from "@tensorflow/tfjs";
import { BATCH_NORM, BATCH_NORM_GRAD } from "../kernels/batch_norm.ts";
import { hasKernel } from "../kernels/register.ts";
import type { Tensor } from "../tensor.ts";
import { columnSums } from "./column_sums.ts";
import type { VariableSet } from "../variable_set.ts";

/** How slowly the moving statistics follow the batches: Keras's default. */
const MOMENTUM = 0.99;
/** Added to variances: Keras's default. */
const EPSILON = 1e-3;

/**
 * Batch normalisation of the columns of [n, size] (S. Ioffe and C. Szegedy, "Batch normalization",
 * ICML 2015), with Keras's defaults: momentum 0.99, epsilon 1e-3, variances divided by n. Adds
 * `<name>/gamma`, ones, `<name>/beta`, zeros, and the statistics `<name>/moving_mean`, zeros, and
 * `<name>/moving_variance`, ones.
 *
 * @returns The layer. When `training` it normalises by the batch's own mean and variance and moves the
 * statistics towards them; otherwise it normalises by the statistics.
 */
export function batchNormLayer(
  variables: VariableSet,
  name: string,
  size: number,
): (x: Tensor, training: boolean) => Tensor {
  const gamma = variables.add(`${name}/gamma`, [size], 1);
  const beta = variables.add(`${name}/beta`, [size]);
  const movingMean = variables.add(`${name}/moving_mean`, [size], 0, false);
  const movingVariance = variables.add(`${name}/moving_variance`, [size], 1, false);

  const move = (variable: tf.Variable, value: tf.Tensor) => {
    variable.assign(tf.add(variable, tf.mul(tf.sub(value, variable), 1 - MOMENTUM)));
  };

  const normalise = tf.customGrad((x, gamma, beta, save) => {
    const inputs = { x: x as Tensor, gamma: gamma as Tensor, beta: beta as Tensor };
    const [value, mean, variance, inverse] = normaliseColumns(inputs);
    move(movingMean, mean);
    move(movingVariance, variance);
    (save as tf.GradSaveFunc)([inputs.x, inputs.gamma, mean, inverse]);
    return {
      value,
      gradFunc: (dy: Tensor, [x, gamma, mean, inverse]: Tensor[]) =>
        columnGradients({ x, dy, gamma, mean, inverse }),
    };
  });

  return (x, training) => {
    if (training) return normalise(x, gamma, beta);
    const scale = tf.mul(gamma, tf.rsqrt(tf.add(movingVariance, EPSILON)));
    return tf.add(tf.mul(tf.sub(x, movingMean), scale), beta);
  };
}

/** The normalised columns, their means, their variances, and 1 / sqrt(variance + epsilon). */
function normaliseColumns(inputs: Record<"x" | "gamma" | "beta", Tensor>): Tensor[] {
  if (hasKernel(BATCH_NORM)) {
    return tf.engine().runKernel(BATCH_NORM, inputs, { epsilon: EPSILON }) as Tensor[];
  }
  const { x, gamma, beta } = inputs;
  const mean = tf.div(columnSums(x), x.shape[0]);
  const centred = tf.sub(x, mean);
  const variance = tf.div(columnSums(tf.square(centred)), x.shape[0]);
  const inverse = tf.rsqrt(tf.add(variance, EPSILON));
  return [tf.add(tf.mul(tf.mul(centred, inverse), gamma), beta), mean, variance, inverse];
}

/** The gradients of x, gamma and beta. */
function columnGradients(
  inputs: Record<"x" | "dy" | "gamma" | "mean" | "inverse", Tensor>,
): Tensor[] {
  if (hasKernel(BATCH_NORM_GRAD)) {
    return tf.engine().runKernel(BATCH_NORM_GRAD, inputs) as Tensor[];
  }
  const { x, dy, gamma, mean, inverse } = inputs;
  const unit = tf.mul(tf.sub(x, mean), inverse);
  const dBeta = columnSums(dy);
  const dGamma = columnSums(tf.mul(dy, unit));
  // The batch's mean and variance depend on x too: their part is what is subtracted here.
  const direct = tf.sub(dy, tf.div(tf.add(tf.mul(unit, dGamma), dBeta), x.shape[0]));
  return [tf.mul(direct, tf.mul(gamma, inverse)), dGamma, dBeta];
}
