import * as tf from "@tensorflow/tfjs";
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
    const rows = x as tf.Tensor2D;
    const mean = columnMeans(rows);
    const centred = tf.sub<tf.Tensor2D>(rows, mean);
    const variance = columnMeans(tf.square(centred));
    const inverse = tf.rsqrt(tf.add(variance, EPSILON));
    const unit = tf.mul<tf.Tensor2D>(centred, inverse);
    move(movingMean, mean);
    move(movingVariance, variance);
    (save as tf.GradSaveFunc)([unit, inverse, gamma as tf.Tensor]);
    return {
      value: tf.add(tf.mul(unit, gamma as tf.Tensor), beta as tf.Tensor),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [unit, inverse, gamma] = saved as [tf.Tensor2D, tf.Tensor, tf.Tensor];
        const n = unit.shape[0];
        const dBeta = columnSums(dy);
        const dGamma = columnSums(tf.mul(dy, unit));
        // The batch's mean and variance depend on x too: their part is what is subtracted here.
        const direct = tf.sub(dy, tf.div(tf.add(tf.mul(unit, dGamma), dBeta), n));
        return [tf.mul(direct, tf.mul(gamma, inverse)), dGamma, dBeta];
      },
    };
  });

  return (x, training) => {
    if (training) return normalise(x, gamma, beta);
    const scale = tf.mul(gamma, tf.rsqrt(tf.add(movingVariance, EPSILON)));
    return tf.add(tf.mul(tf.sub(x, movingMean), scale), beta);
  };
}

/** The means of the columns [cols]. */
function columnMeans(x: tf.Tensor2D): tf.Tensor {
  return tf.div(columnSums(x), x.shape[0]);
}
