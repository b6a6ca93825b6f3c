import type * as tf from "@tensorflow/tfjs";
import type { KernelExports } from "../module.ts";
import { registerWasmKernel, withScratch } from "../register.ts";
import { rowsOf } from "../rows_of.ts";

/**
 * Name of the kernel of layer normalisation over the last dimension: inputs `x` [..., cols], `gamma` and `beta`
 * [cols], attribute `epsilon`; outputs y, as x, and mean and 1 / sqrt(variance + epsilon), one number a row.
 */
export const LAYER_NORM = "EmofuseLayerNorm";
/** Name of its gradient's kernel: inputs `x`, `dy`, `gamma`, `mean`, `inverse`; outputs dx, dGamma and dBeta. */
export const LAYER_NORM_GRAD = "EmofuseLayerNormGrad";

/** Registers {@linkcode LAYER_NORM} and {@linkcode LAYER_NORM_GRAD}. */
export function registerLayerNorm(kernels: KernelExports): void {
  registerWasmKernel(LAYER_NORM, ({ inputs, attrs, backend }) => {
    const { x, gamma, beta } = inputs as Record<"x" | "gamma" | "beta", tf.TensorInfo>;
    const [rows, cols] = rowsOf(x);
    const address = (tensor: tf.TensorInfo) => backend.getMemoryOffset(tensor.dataId);
    const outputs = [x.shape, [rows], [rows]].map((shape) => backend.makeOutput(shape, "float32"));
    const [y, mean, inverse] = outputs.map(address);
    const [from, scale, shift] = [x, gamma, beta].map(address);
    const epsilon = attrs!.epsilon as number;
    kernels.layerNorm(rows, cols, from, scale, shift, y, mean, inverse, epsilon);
    return outputs;
  });

  registerWasmKernel(LAYER_NORM_GRAD, ({ inputs, backend }) => {
    const { x, dy, gamma, mean, inverse } = inputs as Record<
      "x" | "dy" | "gamma" | "mean" | "inverse",
      tf.TensorInfo
    >;
    const [rows, cols] = rowsOf(x);
    const address = (tensor: tf.TensorInfo) => backend.getMemoryOffset(tensor.dataId);
    const outputs = [x.shape, [cols], [cols]].map((shape) => backend.makeOutput(shape, "float32"));
    const [dx, dGamma, dBeta] = outputs.map(address);
    withScratch(backend, (scratch) => {
      kernels.layerNormGradient(
        rows,
        cols,
        address(x),
        address(dy),
        address(gamma),
        address(mean),
        address(inverse),
        dx,
        dGamma,
        dBeta,
        scratch,
      );
    }, 8 * cols);
    return outputs;
  });
}
