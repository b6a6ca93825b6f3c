import type * as tf from "@tensorflow/tfjs";
import { registerWasmKernel } from "./register.ts";

/**
 * Replaces `Identity`, with which tfjs keeps every tensor that a gradient needs later. The stock kernel
 * copies the values, 20 MB a step for the first dense layer of the 1-D CNN; like tfjs's CPU backend this one shares
 * them and counts the references. Sharing is safe because tensors never change once computed; the one kernel
 * that changes its inputs, Adam's, does so to moments that no one else sees.
 */
export function registerIdentity(): void {
  registerWasmKernel("Identity", ({ inputs, backend }) => {
    const { x } = inputs as Record<"x", tf.TensorInfo>;
    backend.incRef(x.dataId);
    return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
  });
}
