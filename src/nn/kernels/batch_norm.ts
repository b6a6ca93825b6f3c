import type * as tf from "@tensorflow/tfjs";
import type { KernelExports } from "./module.ts";
import { registerWasmKernel, withScratch } from "./register.ts";

/**
 * Name of the kernel of batch normalisation by the batch's own statistics: inputs `x` [rows, cols], `gamma` and
 * `beta` [cols], attribute `epsilon`; outputs y [rows, cols], mean, variance and 1 / sqrt(variance + epsilon), [cols].
 */
export const BATCH_NORM = "EmofuseBatchNorm";
/** Name of its gradient's kernel: inputs `x`, `dy`, `gamma`, `mean`, `inverse`; outputs dx, dGamma and dBeta. */
export const BATCH_NORM_GRAD = "EmofuseBatchNormGrad";

/** Registers {@linkcode BATCH_NORM} and {@linkcode BATCH_NORM_GRAD}: three passes over x each, where operations make ten. */
export function registerBatchNorm(kernels: KernelExports): void {
  registerWasmKernel(BATCH_NORM, ({ inputs, attrs, backend }) => {
    const { x, gamma, beta } = inputs as Record<"x" | "gamma" | "beta", tf.TensorInfo>;
    const [rows, cols] = x.shape;
    const address = (tensor: tf.TensorInfo) => backend.getMemoryOffset(tensor.dataId);
    const outputs = [x.shape, [cols], [cols], [cols]].map((shape) =>
      backend.makeOutput(shape, "float32")
    );
    const [y, mean, variance, inverse] = outputs.map(address);
    withScratch(backend, (scratch) => {
      kernels.batchNorm(
        rows,
        cols,
        address(x),
        address(gamma),
        address(beta),
        y,
        mean,
        variance,
        inverse,
        attrs!.epsilon as number,
        scratch,
      );
    }, 4 * cols);
    return outputs;
  });

  registerWasmKernel(BATCH_NORM_GRAD, ({ inputs, backend }) => {
    const { x, dy, gamma, mean, inverse } = inputs as Record<
      "x" | "dy" | "gamma" | "mean" | "inverse",
      tf.TensorInfo
    >;
    const [rows, cols] = x.shape;
    const address = (tensor: tf.TensorInfo) => backend.getMemoryOffset(tensor.dataId);
    const outputs = [x.shape, [cols], [cols]].map((shape) => backend.makeOutput(shape, "float32"));
    const [dx, dGamma, dBeta] = outputs.map(address);
    withScratch(backend, (scratch) => {
      kernels.batchNormGradient(
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
    }, 4 * cols);
    return outputs;
  });
}
