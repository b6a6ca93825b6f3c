import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../../src/nn/backend.ts";

/** Values of a tensor computed by tfjs's CPU backend, the reference, and by its WASM backend. */
export interface Pair {
  /** The reference. */
  readonly cpu: Float32Array;
  /** What Emofuse uses. */
  readonly wasm: Float32Array;
}

/** Computes the same thing on tfjs's CPU backend and on its WASM backend with Emofuse's kernels. */
export async function onBothBackends(compute: () => tf.Tensor): Promise<Pair> {
  await initBackend();
  const wasm = tf.tidy(() => compute().dataSync<"float32">());
  await tf.setBackend("cpu");
  try {
    return { cpu: tf.tidy(() => compute().dataSync<"float32">()), wasm };
  } finally {
    await tf.setBackend("wasm");
  }
}

/** The largest difference between two arrays, relative to the largest value of the first. */
export function relativeError(expected: ArrayLike<number>, actual: ArrayLike<number>): number {
  if (expected.length !== actual.length) return Infinity;
  let scale = 1e-12;
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(expected[i] - actual[i]);
    // A NaN stays, as the worst of all: nothing is greater than it.
    if (difference > worst || Number.isNaN(difference)) worst = difference;
    scale = Math.max(scale, Math.abs(expected[i]));
  }
  return Number.isNaN(worst) ? Infinity : worst / scale;
}

/** `n` numbers between -1 and 1 with no pattern that a kernel could get right by accident. */
export function values(n: number, phase = 0): Float32Array {
  return Float32Array.from({ length: n }, (_, i) => Math.sin((i + 1) * 12.9898 + phase) % 1);
}
