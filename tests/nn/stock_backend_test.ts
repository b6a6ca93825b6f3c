import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { initBackend } from "../../src/nn/backend.ts";

Deno.test('initBackend({ convolutions: "stock" }) leaves convolutions to tfjs\'s own kernels', async () => {
  const names = ["Conv2D", "FusedConv2D"];
  const before = names.map((name) => tf.getKernel(name, "wasm"));
  await initBackend({ convolutions: "stock" });
  assert.deepEqual(names.map((name) => tf.getKernel(name, "wasm")), before);
});
