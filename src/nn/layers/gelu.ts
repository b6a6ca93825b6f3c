import * as tf from "@tensorflow/tfjs";
import { GELU, GELU_GRAD } from "../kernels/transformer/gelu.ts";
import { hasKernel } from "../kernels/register.ts";
import type { Tensor } from "../tensor.ts";

/**
 * GELU, x Phi(x), with the normal distribution's own Phi and not its approximation by tanh (D. Hendrycks and
 * K. Gimpel, "Gaussian error linear units", 2016), with its gradient. Emofuse's own kernel where there is one.
 */
export function gelu(x: Tensor): Tensor {
  return tf.customGrad((x, save) => {
    const input = x as Tensor;
    (save as tf.GradSaveFunc)([input]);
    return {
      value: hasKernel(GELU)
        ? tf.engine().runKernel(GELU, { x: input }) as Tensor
        : tf.mul(input, phi(input)),
      gradFunc: (dy: Tensor, [x]: Tensor[]) => geluGradient(x, dy),
    };
  })(x);
}

function geluGradient(x: Tensor, dy: Tensor): Tensor {
  if (hasKernel(GELU_GRAD)) return tf.engine().runKernel(GELU_GRAD, { x, dy }) as Tensor;
  const density = tf.mul(tf.exp(tf.mul(tf.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
  return tf.mul(dy, tf.add(phi(x), tf.mul(x, density)));
}

function phi(x: Tensor): Tensor {
  return tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);
}
