import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { onBothBackends, relativeError, values } from "../on_cpu.ts";

const SIZES = [1, 2, 5, 6, 7, 8, 9, 13, 97, 257];

Deno.test("BatchMatMul agrees with the CPU backend for every size and transposition", async () => {
  for (const transposeA of [false, true]) {
    for (const transposeB of [false, true]) {
      for (const [i, m] of SIZES.entries()) {
        // Every size meets small, middle and large ones without the full cube of combinations.
        for (const step of [1, 4, 7]) {
          const k = SIZES[(i + step) % SIZES.length];
          const n = SIZES[(i + 2 * step) % SIZES.length];
          const { cpu, wasm } = await onBothBackends(() =>
            tf.matMul(
              tf.tensor2d(values(m * k), transposeA ? [k, m] : [m, k]),
              tf.tensor2d(values(k * n, 1), transposeB ? [n, k] : [k, n]),
              transposeA,
              transposeB,
            )
          );
          const error = relativeError(cpu, wasm);
          assert(error < 1e-5, `${m}x${k}x${n} ${transposeA} ${transposeB}: ${error}`);
        }
      }
    }
  }
});

Deno.test("BatchMatMul repeats a single matrix over a batch", async () => {
  for (const [batchA, batchB] of [[3, 3], [1, 3], [3, 1]]) {
    const { cpu, wasm } = await onBothBackends(() =>
      tf.matMul(
        tf.tensor3d(values(batchA * 35), [batchA, 7, 5]),
        tf.tensor3d(values(batchB * 35, 2), [batchB, 7, 5]),
        true,
      )
    );
    assert.equal(cpu.length, 3 * 25);
    assert(relativeError(cpu, wasm) < 1e-5);
  }
});

Deno.test("BatchMatMul of an empty inner dimension is zero", async () => {
  const { wasm } = await onBothBackends(() =>
    tf.matMul(tf.zeros([3, 0]), tf.zeros([4, 0]), false, true)
  );
  assert.deepEqual(wasm, new Float32Array(12));
});
