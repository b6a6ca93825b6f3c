import * as tf from "@tensorflow/tfjs";
import type { KernelExports } from "../module.ts";
import { hasKernel, registerWasmKernel } from "../register.ts";
import { rowsOf } from "../rows_of.ts";

const SOFTMAX_GRAD = "EmofuseSoftmaxGrad";

/**
 * Replaces `Softmax` (over the last dimension, as tfjs defines it) and its gradient, which tfjs composes of four
 * operations. Other types than float32 are left to the stock kernel, other backends keep the composition.
 */
export function registerSoftmax(kernels: KernelExports): void {
  registerWasmKernel("Softmax", (call, stock) => {
    const { logits } = call.inputs as Record<"logits", tf.TensorInfo>;
    if (logits.dtype !== "float32" && stock) return stock(call) as tf.TensorInfo;
    const y = call.backend.makeOutput(logits.shape, "float32");
    const [from, to] = [logits, y].map(({ dataId }) => call.backend.getMemoryOffset(dataId));
    kernels.softmax(...rowsOf(logits), from, to, 1);
    return y;
  });
  registerWasmKernel(SOFTMAX_GRAD, ({ inputs, backend }) => {
    const { y, dy } = inputs as Record<"y" | "dy", tf.TensorInfo>;
    const dx = backend.makeOutput(y.shape, "float32");
    const [result, slope, to] = [y, dy, dx].map(({ dataId }) => backend.getMemoryOffset(dataId));
    kernels.softmaxGradient(...rowsOf(y), result, slope, to, 1);
    return dx;
  });
  // A build of tfjs that is made for predictions only has no gradients.
  if (tf.getGradient("Softmax")) tf.unregisterGradient("Softmax");
  tf.registerGradient({
    kernelName: "Softmax",
    outputsToSave: [true],
    gradFunc: (dy, [y]) => ({ logits: () => softmaxGradient(y, dy as tf.Tensor) }),
  });
}

function softmaxGradient(y: tf.Tensor, dy: tf.Tensor): tf.Tensor {
  if (hasKernel(SOFTMAX_GRAD)) return tf.engine().runKernel(SOFTMAX_GRAD, { y, dy }) as tf.Tensor;
  return tf.mul(y, tf.sub(dy, tf.sum(tf.mul(y, dy), -1, true)));
}
