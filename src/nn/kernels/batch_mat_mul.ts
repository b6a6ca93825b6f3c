import * as tf from "@tensorflow/tfjs";
import type { KernelExports } from "./module.ts";
import { registerWasmKernel, withScratch } from "./register.ts";

/**
 * Replaces `BatchMatMul`, whose stock kernel is a naive loop as soon as an operand is transposed, which
 * is so in both gradients of a dense layer. Products whose batch dimensions really broadcast (neither
 * equal nor of one matrix) and other types than float32 are left to the stock kernel.
 */
export function registerBatchMatMul(kernels: KernelExports): void {
  registerWasmKernel("BatchMatMul", (call, stock) => {
    const { backend } = call;
    const { a, b } = call.inputs as tf.BatchMatMulInputs as Record<"a" | "b", tf.TensorInfo>;
    const { transposeA, transposeB } = call.attrs as unknown as tf.BatchMatMulAttrs;
    const batchA = a.shape.slice(0, -2);
    const batchB = b.shape.slice(0, -2);
    const [rowsA, colsA] = a.shape.slice(-2);
    const [rowsB, colsB] = b.shape.slice(-2);
    const sizeA = tf.util.sizeFromShape(batchA);
    const sizeB = tf.util.sizeFromShape(batchB);
    const [m, k] = transposeA ? [colsA, rowsA] : [rowsA, colsA];
    const [inner, n] = transposeB ? [colsB, rowsB] : [rowsB, colsB];
    const simple = a.dtype === "float32" && b.dtype === "float32" && k === inner &&
      (tf.util.arraysEqual(batchA, batchB) || sizeA === 1 || sizeB === 1);
    if (!simple && stock) return stock(call) as tf.TensorInfo;

    const batch = tf.broadcast_util.assertAndGetBroadcastShape(batchA, batchB);
    const out = backend.makeOutput([...batch, m, n], "float32");
    const [aRow, aCol] = transposeA ? [1, colsA] : [colsA, 1];
    const [bRow, bCol] = transposeB ? [1, colsB] : [colsB, 1];
    const aStart = backend.getMemoryOffset(a.dataId);
    const bStart = backend.getMemoryOffset(b.dataId);
    const cStart = backend.getMemoryOffset(out.dataId);
    withScratch(backend, (scratch) => {
      for (let i = 0; i < Math.max(sizeA, sizeB); i++) {
        const aAt = aStart + (sizeA === 1 ? 0 : 4 * i * m * k);
        const bAt = bStart + (sizeB === 1 ? 0 : 4 * i * k * n);
        const cAt = cStart + 4 * i * m * n;
        kernels.sgemm(m, n, k, aAt, aRow, aCol, bAt, bRow, bCol, cAt, n, false, scratch);
      }
    }, kernels.sgemmScratchBytes());
    return out;
  });
}
