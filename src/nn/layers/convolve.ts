import * as tf from "@tensorflow/tfjs";
import { CONV2D_BIAS } from "../kernels/conv2d_bias.ts";
import type { Tensor } from "../tensor.ts";

/**
 * A convolution with stride 1 plus a bias, in one pass, with fast gradients on the WASM backend. Needs
 * `initBackend()`.
 *
 * @param x [n, rows, columns, inputs].
 * @param filter [height, width, inputs, outputs].
 * @param bias [outputs].
 * @param pad "valid": none; "same": zeros, so that the result has as many rows and columns.
 * @returns [n, rows, columns, outputs], without padding `height - 1` rows and `width - 1` columns fewer.
 */
export function convolve(x: Tensor, filter: Tensor, bias: Tensor, pad: "valid" | "same"): Tensor {
  return tf.engine().runKernel(
    CONV2D_BIAS,
    { x, filter, bias },
    { strides: [1, 1], pad },
  ) as Tensor;
}
