import type * as tf from "@tensorflow/tfjs";
import { poolSizes } from "./convolution_sizes.ts";
import type { KernelExports } from "./module.ts";
import { registerWasmKernel } from "./register.ts";

/** Name of the kernel of max pooling of max(x, 0): input `x`, attributes those of `MaxPool`. */
export const RELU_MAX_POOL = "EmofuseReluMaxPool";
/** Name of its gradient's kernel: inputs and attributes those of `MaxPoolGrad`. */
export const RELU_MAX_POOL_GRAD = "EmofuseReluMaxPoolGrad";

/**
 * Replaces `MaxPoolGrad`, whose stock kernel searches each window again for every input pixel and takes
 * longer than all convolutions of a small network, and registers the kernels of a ReLU followed by max
 * pooling, which need one pass over the larger tensor where three operations make five. A gradient goes
 * to the first maximum of its window.
 */
export function registerMaxPool(kernels: KernelExports): void {
  registerWasmKernel(RELU_MAX_POOL, ({ inputs, attrs, backend }) => {
    const { x } = inputs as Record<"x", tf.TensorInfo>;
    const sizes = poolSizes(x.shape, attrs as unknown as tf.MaxPoolAttrs);
    const [batch, , , channels, outH, outW] = sizes;
    const y = backend.makeOutput([batch, outH, outW, channels], "float32");
    const address = (tensor: tf.TensorInfo) => backend.getMemoryOffset(tensor.dataId);
    kernels.maxPool(address(x), address(y), ...sizes, true);
    return y;
  });
  for (const [name, relu] of [["MaxPoolGrad", false], [RELU_MAX_POOL_GRAD, true]] as const) {
    registerWasmKernel(name, ({ inputs, attrs, backend }) => {
      const { dy, input, output } = inputs as Record<"dy" | "input" | "output", tf.TensorInfo>;
      const dx = backend.makeOutput(input.shape, "float32");
      const address = (tensor: tf.TensorInfo) => backend.getMemoryOffset(tensor.dataId);
      kernels.maxPoolGradient(
        address(input),
        address(output),
        address(dy),
        address(dx),
        ...poolSizes(input.shape, attrs as unknown as tf.MaxPoolGradAttrs),
        relu,
      );
      return dx;
    });
  }
}
