import * as tf from "@tensorflow/tfjs";
import type { KernelExports } from "./module.ts";
import { hasKernel, registerWasmKernel } from "./register.ts";

const RELU_GRAD = "EmofuseReluGrad";

/**
 * Replaces the gradient of `Relu`, which tfjs composes of three operations (step, cast, product) on tensors of
 * the full size, by one kernel. Other backends keep the composition.
 */
export function registerReluGrad(kernels: KernelExports): void {
  registerWasmKernel(RELU_GRAD, ({ inputs, backend }) => {
    const { y, dy } = inputs as Record<"y" | "dy", tf.TensorInfo>;
    const dx = backend.makeOutput(y.shape, "float32");
    const [from, gradient, to] = [y, dy, dx].map(({ dataId }) => backend.getMemoryOffset(dataId));
    kernels.reluGradient(tf.util.sizeFromShape(y.shape), from, gradient, to);
    return dx;
  });
  // A build of tfjs that is made for predictions only has no gradients.
  if (tf.getGradient("Relu")) tf.unregisterGradient("Relu");
  tf.registerGradient({
    kernelName: "Relu",
    outputsToSave: [true],
    gradFunc: (dy, [y]) => ({
      x: () =>
        hasKernel(RELU_GRAD)
          ? tf.engine().runKernel(RELU_GRAD, { y, dy: dy as tf.Tensor }) as tf.Tensor
          : tf.mul(dy as tf.Tensor, tf.step(y)),
    }),
  });
}
