import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { KernelExports } from "./module.ts";
import { withScratch } from "./register.ts";

/** The operands of a matrix product, [..., m, k] and [..., k, n] once transposed as they are to be. */
export interface ProductInputs {
  /** The first operand. */
  readonly a: tf.TensorInfo;
  /** The second one. */
  readonly b: tf.TensorInfo;
  /** Whether the last two dimensions of `a` are exchanged. */
  readonly transposeA: boolean;
  /** Whether those of `b` are. */
  readonly transposeB: boolean;
}

/**
 * The product of two float32 tensors [..., m, n], or undefined where it is none of this function's: batch
 * dimensions that really broadcast (neither equal nor of one matrix) and other types.
 *
 * @internal
 */
export function matrixProduct(
  kernels: KernelExports,
  backend: BackendWasm,
  { a, b, transposeA, transposeB }: ProductInputs,
): tf.TensorInfo | undefined {
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
  if (!simple) return undefined;

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
}
