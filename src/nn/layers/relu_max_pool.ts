import * as tf from "@tensorflow/tfjs";
import { RELU_MAX_POOL, RELU_MAX_POOL_GRAD } from "../kernels/max_pool.ts";
import { hasKernel } from "../kernels/register.ts";
import type { Tensor } from "../tensor.ts";

/**
 * ReLU and max pooling by `height` x `width`, without overlap; rows and columns at the end that do not fill a
 * window are dropped. One pass over `x` forward and one backward, on backends other than WASM more.
 *
 * @param x [n, rows, columns, channels].
 * @returns [n, rows / height, columns / width, channels], rounded down.
 */
export function reluMaxPool(x: Tensor, height: number, width: number): Tensor {
  const window: [number, number] = [height, width];
  if (!hasKernel(RELU_MAX_POOL)) {
    return tf.maxPool(tf.relu(x) as tf.Tensor4D, window, window, "valid");
  }
  const attributes = { filterSize: window, strides: window, pad: "valid" };
  const run = (name: string, inputs: Record<string, tf.Tensor>) =>
    tf.engine().runKernel(name, inputs, attributes) as tf.Tensor;
  return tf.customGrad((x, save) => {
    const input = x as tf.Tensor;
    const value = run(RELU_MAX_POOL, { x: input });
    (save as tf.GradSaveFunc)([input, value]);
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        run(RELU_MAX_POOL_GRAD, { dy, input: saved[0], output: saved[1] }),
    };
  })(x);
}
