import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../../../src/nn/backend.ts";

const NAMES = ["Conv2D", "FusedConv2D"];

// Importing the backend has registered tfjs's own kernels; initBackend() has not run yet.
const stock = NAMES.map((name) => tf.getKernel(name, "wasm"));

/** Computes something with tfjs's own convolutions in place of Emofuse's. */
export async function withStockConv2D<T>(compute: () => T): Promise<T> {
  await initBackend();
  const ours = NAMES.map((name) => tf.getKernel(name, "wasm"));
  replace(stock);
  try {
    return compute();
  } finally {
    replace(ours);
  }
}

function replace(kernels: readonly tf.KernelConfig[]): void {
  for (const kernel of kernels) {
    tf.unregisterKernel(kernel.kernelName, "wasm");
    tf.registerKernel(kernel);
  }
}
