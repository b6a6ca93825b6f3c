import * as tf from "@tensorflow/tfjs";
import type { KernelExports } from "./module.ts";
import { type KernelCall, registerWasmKernel, withScratch } from "./register.ts";

/**
 * Name of the kernel of one Adam step over a weight tensor: inputs `w`, `g`, `m` and `v` (weights,
 * gradient, first and second moment), attributes `alpha`, `beta1`, `beta2` and `epsilon`.
 */
export const ADAM_KERNEL = "EmofuseAdam";
/**
 * Name of the kernel of one Adam step over the kernel [rows, cols] of a dense layer: inputs `w`, `m` and `v`, and in place
 * of the gradient its factors `x` [n, rows] and `dy` [n, cols].
 */
export const DENSE_ADAM_KERNEL = "EmofuseDenseAdam";

/**
 * Registers {@linkcode ADAM_KERNEL} and {@linkcode DENSE_ADAM_KERNEL}: one pass over memory, where a composition
 * of tfjs operations makes a dozen. The moments change in place. The new weights are a new tensor, since
 * XNNPACK keeps packed copies of filters by tensor and would go on using the old ones; those of a dense layer,
 * whose products are not XNNPACK's, change in place if no other tensor shares them.
 */
export function registerAdam(kernels: KernelExports): void {
  registerWasmKernel(ADAM_KERNEL, ({ inputs, attrs, backend }) => {
    const { w, g, m, v } = inputs as Record<"w" | "g" | "m" | "v", tf.TensorInfo>;
    const out = backend.makeOutput(w.shape, "float32");
    const address = (tensor: tf.TensorInfo) => backend.getMemoryOffset(tensor.dataId);
    kernels.adam(
      tf.util.sizeFromShape(w.shape),
      address(w),
      address(g),
      address(m),
      address(v),
      address(out),
      ...rates(attrs),
    );
    return out;
  });

  registerWasmKernel(DENSE_ADAM_KERNEL, ({ inputs, attrs, backend }) => {
    const { w, x, dy, m, v } = inputs as Record<"w" | "x" | "dy" | "m" | "v", tf.TensorInfo>;
    const [batch, rows] = x.shape;
    const cols = dy.shape[1];
    const alone = backend.refCount(w.dataId) === 1;
    const out = alone
      ? { dataId: w.dataId, shape: w.shape, dtype: w.dtype }
      : backend.makeOutput(w.shape, "float32");
    if (alone) backend.incRef(w.dataId);
    const address = (tensor: tf.TensorInfo) => backend.getMemoryOffset(tensor.dataId);
    withScratch(backend, (scratch) => {
      kernels.denseAdam(
        rows,
        cols,
        batch,
        address(x),
        address(dy),
        address(w),
        address(m),
        address(v),
        address(out),
        ...rates(attrs),
        scratch,
      );
    }, kernels.denseAdamScratchBytes(cols, batch));
    return out;
  });
}

/** The attributes as the WASM functions take them. */
function rates(attrs: KernelCall["attrs"]) {
  const { alpha, beta1, beta2, epsilon } = attrs as Record<string, number>;
  return [alpha, 1 - beta1, 1 - beta2, epsilon] as const;
}
