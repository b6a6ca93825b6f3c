import * as tf from "@tensorflow/tfjs";
import type { KernelExports } from "./module.ts";
import { registerWasmKernel } from "./register.ts";

/** Name under which {@linkcode registerAdam} registers its kernel. */
export const ADAM_KERNEL = "EmofuseAdam";

/**
 * Registers the kernel {@linkcode ADAM_KERNEL}: one Adam step over a weight tensor in one pass over
 * memory, where a composition of tfjs operations makes a dozen. Inputs `w`, `g`, `m` and `v` (weights,
 * gradient, first and second moment), attributes `alpha`, `beta1`, `beta2` and `epsilon`. The moments
 * change in place. The new weights are a new tensor, since XNNPACK keeps packed copies of weights by
 * tensor and would go on using the old ones.
 */
export function registerAdam(kernels: KernelExports): void {
  registerWasmKernel(ADAM_KERNEL, ({ inputs, attrs, backend }) => {
    const { w, g, m, v } = inputs as Record<"w" | "g" | "m" | "v", tf.TensorInfo>;
    const { alpha, beta1, beta2, epsilon } = attrs as Record<string, number>;
    const out = backend.makeOutput(w.shape, "float32");
    const address = (tensor: tf.TensorInfo) => backend.getMemoryOffset(tensor.dataId);
    const size = tf.util.sizeFromShape(w.shape);
    kernels.adam(
      size,
      address(w),
      address(g),
      address(m),
      address(v),
      address(out),
      alpha,
      1 - beta1,
      1 - beta2,
      epsilon,
    );
    return out;
  });
}
