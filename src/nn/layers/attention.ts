import * as tf from "@tensorflow/tfjs";
import { ATTENTION, ATTENTION_GRAD } from "../kernels/transformer/attention.ts";
import { hasKernel } from "../kernels/register.ts";
import type { Tensor } from "../tensor.ts";

/**
 * Multi-head scaled dot-product attention (A. Vaswani et al., "Attention is all you need", NeurIPS 2017):
 * softmax(q k^T / sqrt(width / heads)) v for every head, without projections and mask, with gradients of all three.
 * Emofuse's own kernel, which holds the weights of one block of queries at a time, where there is one.
 *
 * @param q [batch, queries, width]; the numbers of a head lie side by side.
 * @param k [batch, keys, width].
 * @param v [batch, keys, width].
 * @returns [batch, queries, width].
 * @throws {RangeError} If `heads` does not divide the width, or the shapes do not fit each other.
 */
export function attention(q: Tensor, k: Tensor, v: Tensor, heads: number): Tensor {
  const [shapeQ, shapeK]: number[][] = [q.shape, k.shape];
  const [batch, , width] = shapeQ;
  if (!Number.isInteger(heads) || heads < 1 || width % heads !== 0) {
    throw new RangeError(`attention of width ${width} cannot have ${heads} heads`);
  }
  const fits = q.rank === 3 && k.rank === 3 && shapeK[0] === batch && shapeK[2] === width &&
    shapeK[1] > 0 && tf.util.arraysEqual(k.shape, v.shape);
  if (!fits) {
    throw new RangeError(
      `attention of q [${q.shape}] cannot have k [${k.shape}] and v [${v.shape}]: expected ` +
        "[batch, queries, width] and twice [batch, keys, width]",
    );
  }
  if (!hasKernel(ATTENTION)) return compose(q, k, v, heads);
  return tf.customGrad((q, k, v, save) => {
    const inputs = { q: q as Tensor, k: k as Tensor, v: v as Tensor };
    (save as tf.GradSaveFunc)([inputs.q, inputs.k, inputs.v]);
    return {
      value: tf.engine().runKernel(ATTENTION, inputs, { heads }) as Tensor,
      gradFunc: (dy: Tensor, [q, k, v]: Tensor[]) =>
        tf.engine().runKernel(ATTENTION_GRAD, { q, k, v, dy }, { heads }) as Tensor[],
    };
  })(q, k, v);
}

/** The same of tfjs's operations. */
function compose(q: Tensor, k: Tensor, v: Tensor, heads: number): Tensor {
  const [batch, , width]: number[] = q.shape;
  const size = width / heads;
  const split = (x: Tensor) => tf.transpose(tf.reshape(x, [batch, -1, heads, size]), [0, 2, 1, 3]);
  const scores = tf.mul(tf.matMul(split(q), split(k), false, true), 1 / Math.sqrt(size));
  const mixed = tf.matMul(tf.softmax(scores), split(v));
  return tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), q.shape);
}
