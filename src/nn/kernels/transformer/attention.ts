import type * as tf from "@tensorflow/tfjs";
import type { KernelExports } from "../module.ts";
import { registerWasmKernel, withScratch } from "../register.ts";

/**
 * Name of the kernel of attention: inputs `q` [batch, queries, width], `k` and `v` [batch, keys, width], attribute
 * `heads`; output as q.
 */
export const ATTENTION = "EmofuseAttention";
/** Name of its gradient's kernel: inputs `q`, `k`, `v` and `dy`; outputs dq, dk and dv. */
export const ATTENTION_GRAD = "EmofuseAttentionGrad";

/** Registers {@linkcode ATTENTION} and {@linkcode ATTENTION_GRAD}: no head's weights are ever written out. */
export function registerAttention(kernels: KernelExports): void {
  registerWasmKernel(ATTENTION, ({ inputs, attrs, backend }) => {
    const { q, k, v } = inputs as Record<"q" | "k" | "v", tf.TensorInfo>;
    const { sizes, scale, keys } = attentionSizes(q, k, attrs!.heads as number);
    const y = backend.makeOutput(q.shape, "float32");
    const [queryAt, keyAt, valueAt, to] = [q, k, v, y].map(({ dataId }) =>
      backend.getMemoryOffset(dataId)
    );
    withScratch(backend, (scratch) => {
      kernels.attention(...sizes, queryAt, keyAt, valueAt, to, scale, scratch);
    }, kernels.attentionScratchBytes(keys, false));
    return y;
  });

  registerWasmKernel(ATTENTION_GRAD, ({ inputs, attrs, backend }) => {
    const { q, k, v, dy } = inputs as Record<"q" | "k" | "v" | "dy", tf.TensorInfo>;
    const { sizes, scale, keys } = attentionSizes(q, k, attrs!.heads as number);
    const address = (tensor: tf.TensorInfo) => backend.getMemoryOffset(tensor.dataId);
    const outputs = [q, k, v].map(({ shape }) => backend.makeOutput(shape, "float32"));
    const [dq, dk, dv] = outputs.map(address);
    const [queryAt, keyAt, valueAt, slopeAt] = [q, k, v, dy].map(address);
    withScratch(backend, (scratch) => {
      kernels.attentionGradient(
        ...sizes,
        queryAt,
        keyAt,
        valueAt,
        slopeAt,
        dq,
        dk,
        dv,
        scale,
        scratch,
      );
    }, kernels.attentionScratchBytes(keys, true));
    return outputs;
  });
}

/** Sizes in the order of the WASM functions, and 1 / sqrt(size of a head). */
function attentionSizes(q: tf.TensorInfo, k: tf.TensorInfo, heads: number) {
  const [batch, queries, width] = q.shape;
  const keys = k.shape[1];
  const size = width / heads;
  const sizes = [batch, heads, queries, keys, size] as const;
  return { sizes, scale: 1 / Math.sqrt(size), keys };
}
