import * as tf from "@tensorflow/tfjs";
import { ACTIVATION_LIMITS } from "./activation_limits.ts";
import { matrixProduct } from "./matrix_product.ts";
import type { KernelExports } from "./module.ts";
import { registerWasmKernel } from "./register.ts";

/**
 * Replaces `_FusedMatMul`, a matrix product plus a bias [n] and an activation, by the product of
 * `registerBatchMatMul` and one pass over its result. Other activations than ReLU and ReLU6, other biases and what
 * that product leaves out are left to the stock kernel.
 */
export function registerFusedMatMul(kernels: KernelExports): void {
  registerWasmKernel("_FusedMatMul", (call, stock) => {
    const { backend } = call;
    const { a, b, bias } = call.inputs as Record<"a" | "b", tf.TensorInfo> & {
      readonly bias?: tf.TensorInfo;
    };
    const { transposeA, transposeB, activation } = call.attrs as unknown as tf._FusedMatMulAttrs;
    const limits = ACTIVATION_LIMITS[activation ?? "linear"];
    const n = b.shape[b.shape.length - (transposeB ? 2 : 1)];
    const plain = !bias || bias.dtype === "float32" && tf.util.sizeFromShape(bias.shape) === n;
    const product = limits && plain
      ? matrixProduct(kernels, backend, { a, b, transposeA, transposeB })
      : undefined;
    if (!product) {
      if (!stock) throw new Error("this tfjs has no _FusedMatMul for the WASM backend");
      return stock(call) as tf.TensorInfo;
    }
    const rows = n === 0 ? 0 : tf.util.sizeFromShape(product.shape) / n;
    const [c, added] = [product, bias].map((tensor) =>
      tensor ? backend.getMemoryOffset(tensor.dataId) : 0
    );
    if (bias || limits !== ACTIVATION_LIMITS.linear) {
      kernels.addBias(rows, n, c, added, ...limits);
    }
    return product;
  });
}
