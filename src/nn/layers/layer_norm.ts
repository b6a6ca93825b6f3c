import * as tf from "@tensorflow/tfjs";
import { LAYER_NORM, LAYER_NORM_GRAD } from "../kernels/transformer/layer_norm.ts";
import { hasKernel } from "../kernels/register.ts";
import type { Tensor } from "../tensor.ts";
import { columnSums } from "./column_sums.ts";

/** Added to variances: PyTorch's default. */
const EPSILON = 1e-5;

/**
 * Layer normalisation over the last dimension (J. L. Ba, J. R. Kiros and G. E. Hinton, "Layer normalization", 2016):
 * each row of `x` [..., cols] less its mean, divided by its deviation sqrt(variance + 1e-5), times `gamma` [cols] plus
 * `beta` [cols], with gradients of all three. Emofuse's own kernel where there is one.
 */
export function layerNorm(x: Tensor, gamma: Tensor, beta: Tensor): Tensor {
  return tf.customGrad((x, gamma, beta, save) => {
    const inputs = { x: x as Tensor, gamma: gamma as Tensor, beta: beta as Tensor };
    const [value, mean, inverse] = normaliseRows(inputs);
    (save as tf.GradSaveFunc)([inputs.x, inputs.gamma, mean, inverse]);
    return {
      value,
      gradFunc: (dy: Tensor, [x, gamma, mean, inverse]: Tensor[]) =>
        rowGradients({ x, dy, gamma, mean, inverse }),
    };
  })(x, gamma, beta);
}

/** The normalised rows, their means and 1 / sqrt(variance + epsilon), both [rows]. */
function normaliseRows(inputs: Record<"x" | "gamma" | "beta", Tensor>): Tensor[] {
  if (hasKernel(LAYER_NORM)) {
    return tf.engine().runKernel(LAYER_NORM, inputs, { epsilon: EPSILON }) as Tensor[];
  }
  const { x, gamma, beta } = inputs;
  const { mean, variance } = tf.moments(x, -1, true);
  const inverse = tf.rsqrt(tf.add(variance, EPSILON));
  const unit = tf.mul(tf.sub(x, mean), inverse);
  return [tf.add(tf.mul(unit, gamma), beta), tf.reshape(mean, [-1]), tf.reshape(inverse, [-1])];
}

/** The gradients of x, gamma and beta. */
function rowGradients(
  inputs: Record<"x" | "dy" | "gamma" | "mean" | "inverse", Tensor>,
): Tensor[] {
  if (hasKernel(LAYER_NORM_GRAD)) {
    return tf.engine().runKernel(LAYER_NORM_GRAD, inputs) as Tensor[];
  }
  const { x, dy, gamma } = inputs;
  const perRow = [...x.shape.slice(0, -1), 1];
  const [mean, inverse] = [inputs.mean, inputs.inverse].map((each) => tf.reshape(each, perRow));
  const unit = tf.mul(tf.sub(x, mean), inverse);
  const g = tf.mul(dy, gamma);
  // A row's mean and variance depend on x too: their part is what is subtracted here.
  const along = tf.mul(unit, tf.mean(tf.mul(g, unit), -1, true));
  const dx = tf.mul(tf.sub(tf.sub(g, tf.mean(g, -1, true)), along), inverse);
  return [dx, columnSums(tf.mul(dy, unit)), columnSums(dy)];
}
