import * as tf from "@tensorflow/tfjs";
import type { KernelExports } from "./module.ts";
import { registerWasmKernel, withScratch } from "./register.ts";

/** Name of the kernel of the sums over all dimensions but the last: input `x` [..., cols], output [cols]. */
export const COLUMN_SUMS = "EmofuseColumnSums";

/** Registers {@linkcode COLUMN_SUMS}: tfjs's own sum would transpose the whole tensor first. */
export function registerColumnSums(kernels: KernelExports): void {
  registerWasmKernel(COLUMN_SUMS, ({ inputs, backend }) => {
    const { x } = inputs as Record<"x", tf.TensorInfo>;
    const cols = x.shape[x.shape.length - 1];
    const rows = cols === 0 ? 0 : tf.util.sizeFromShape(x.shape) / cols;
    const sums = backend.makeOutput([cols], "float32");
    const [from, to] = [x, sums].map(({ dataId }) => backend.getMemoryOffset(dataId));
    withScratch(backend, (scratch) => kernels.columnSums(rows, cols, from, to, scratch), 4 * cols);
    return sums;
  });
}
