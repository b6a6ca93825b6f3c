import type * as tf from "@tensorflow/tfjs";
import { matrixProduct } from "./matrix_product.ts";
import type { KernelExports } from "./module.ts";
import { registerWasmKernel } from "./register.ts";

/**
 * Replaces `BatchMatMul`, whose stock kernel is a naive loop as soon as an operand is transposed, which
 * is so in both gradients of a dense layer. Products whose batch dimensions really broadcast (neither
 * equal nor of one matrix) and other types than float32 are left to the stock kernel.
 */
export function registerBatchMatMul(kernels: KernelExports): void {
  registerWasmKernel("BatchMatMul", (call, stock) => {
    const { a, b } = call.inputs as tf.BatchMatMulInputs as Record<"a" | "b", tf.TensorInfo>;
    const { transposeA, transposeB } = call.attrs as unknown as tf.BatchMatMulAttrs;
    const product = matrixProduct(kernels, call.backend, { a, b, transposeA, transposeB });
    if (product) return product;
    if (!stock) throw new Error("this tfjs has no BatchMatMul for the WASM backend");
    return stock(call) as tf.TensorInfo;
  });
}
