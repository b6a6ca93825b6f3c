import * as tf from "@tensorflow/tfjs";
import type { KernelExports } from "../module.ts";
import { registerWasmKernel } from "../register.ts";

/** Name of the kernel of the exact GELU: input `x`, output of its shape. */
export const GELU = "EmofuseGelu";
/** Name of its gradient's kernel: inputs `x` and `dy`, output dx. */
export const GELU_GRAD = "EmofuseGeluGrad";

/** Registers {@linkcode GELU} and {@linkcode GELU_GRAD}: one pass over x each, where operations make six. */
export function registerGelu(kernels: KernelExports): void {
  registerWasmKernel(GELU, ({ inputs, backend }) => {
    const { x } = inputs as Record<"x", tf.TensorInfo>;
    const y = backend.makeOutput(x.shape, "float32");
    const [from, to] = [x, y].map(({ dataId }) => backend.getMemoryOffset(dataId));
    kernels.gelu(tf.util.sizeFromShape(x.shape), from, to);
    return y;
  });
  registerWasmKernel(GELU_GRAD, ({ inputs, backend }) => {
    const { x, dy } = inputs as Record<"x" | "dy", tf.TensorInfo>;
    const dx = backend.makeOutput(x.shape, "float32");
    const [from, slope, to] = [x, dy, dx].map(({ dataId }) => backend.getMemoryOffset(dataId));
    kernels.geluGradient(tf.util.sizeFromShape(x.shape), from, slope, to);
    return dx;
  });
}
