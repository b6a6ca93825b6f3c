import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { attention } from "../../../src/nn/layers/attention.ts";
import { gelu } from "../../../src/nn/layers/gelu.ts";
import { layerNorm } from "../../../src/nn/layers/layer_norm.ts";
import type { Tensor } from "../../../src/nn/tensor.ts";
import { onBothBackends, relativeError } from "../on_cpu.ts";
import { noise } from "../kernels/guarded_kernels.ts";

type Shape = [number, number, number];

/** Batch, rows and columns: vectors with and without a rest, one block of the kernels and several. */
const SHAPES: Shape[] = [1, 3, 4, 7, 64].flatMap((cols) =>
  [[1, 1], [2, 5], [3, 49], [1, 131], [2, 200], [5, 2], [1, 97], [2, 96]].map((
    [batch, rows],
  ): Shape => [batch, rows, cols])
);

/** Value and gradients of every input, of the sum of what `compute` gives times fixed numbers, as one tensor. */
function withGradients(
  compute: (...inputs: Tensor[]) => Tensor,
  ...shapes: number[][]
): () => Tensor {
  return () => {
    const inputs = shapes.map((shape, i) =>
      tf.tensor(noise(tf.util.sizeFromShape(shape), i), shape)
    );
    const value = compute(...inputs);
    const dy = tf.tensor(noise(value.size, 9), value.shape);
    const gradients = tf.grads(compute)(inputs, dy);
    return tf.concat([value, ...gradients].map((each) => {
      // Each counts by its own largest number.
      const largest = tf.maximum(tf.max(tf.abs(each)), 1e-3);
      return tf.div(tf.reshape(each, [-1]), largest);
    }));
  };
}

async function agree(compute: () => Tensor, name: string): Promise<void> {
  const { cpu, wasm } = await onBothBackends(compute);
  const error = relativeError(cpu, wasm);
  assert(error < 1e-5, `${name}: ${error}`);
}

Deno.test("layerNorm() and its gradients agree with tfjs's own operations on the CPU backend", async () => {
  // One column is its own mean: nothing is left of it but rounding errors.
  for (const shape of SHAPES.filter(([, , cols]) => cols > 1)) {
    const cols = [shape[2]];
    await agree(withGradients(layerNorm, shape, cols, cols), `[${shape}]`);
  }
});

Deno.test("gelu() and its gradient agree with tfjs's own operations on the CPU backend", async () => {
  for (const shape of SHAPES) await agree(withGradients(gelu, shape), `[${shape}]`);
});

Deno.test("tf.softmax() and its gradient agree with the CPU backend", async () => {
  for (const shape of SHAPES) {
    await agree(withGradients((x) => tf.softmax(tf.mul(x, 5)), shape), `[${shape}]`);
  }
});

Deno.test("attention() and its gradients agree with tfjs's own operations on the CPU backend", async () => {
  for (const [i, [batch, queries, size]] of SHAPES.entries()) {
    const [heads, keys] = [1 + i % 3, SHAPES[(i + 3) % SHAPES.length][1]];
    const width = size * heads;
    await agree(
      withGradients(
        (q, k, v) => attention(tf.mul(q, 3), k, v, heads),
        [batch, queries, width],
        [batch, keys, width],
        [batch, keys, width],
      ),
      `[${batch}, ${queries}, ${width}] on ${keys} keys, ${heads} heads`,
    );
  }
});

Deno.test("a fused matrix product and its gradients agree with the CPU backend", async () => {
  for (const activation of ["linear", "relu", "relu6"] as const) {
    for (const [batch, rows, cols] of SHAPES.slice(0, 24)) {
      for (const [transposeA, transposeB] of [[false, false], [true, false], [false, true]]) {
        const outputs = cols + 3;
        await agree(
          withGradients(
            (a, b, bias) => tf.fused.matMul({ a, b, bias, transposeA, transposeB, activation }),
            transposeA ? [batch, cols, rows] : [batch, rows, cols],
            transposeB ? [batch, outputs, cols] : [batch, cols, outputs],
            [outputs],
          ),
          `${activation} [${batch}, ${rows}, ${cols}] ${transposeA} ${transposeB}`,
        );
      }
    }
  }
});

Deno.test("a fused matrix product with an activation that is no limit is left to tfjs's own kernel", async () => {
  const { cpu, wasm } = await onBothBackends(() =>
    tf.fused.matMul({
      a: tf.tensor(noise(35), [5, 7]),
      b: tf.tensor(noise(21, 1), [7, 3]),
      bias: tf.tensor(noise(3, 2)),
      activation: "elu",
    })
  );
  assert(relativeError(cpu, wasm) < 1e-5);
});

Deno.test("attention() refuses heads that do not divide the width, and shapes that do not fit", () => {
  const [x, other] = [tf.zeros([1, 3, 8]), tf.zeros([1, 3, 4])];
  assert.throws(() => attention(x, x, x, 3), /width 8 cannot have 3 heads/);
  assert.throws(() => attention(x, other, other, 2), /q \[1,3,8\] cannot have k \[1,3,4\]/);
});
