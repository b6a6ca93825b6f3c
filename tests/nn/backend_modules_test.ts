import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { initBackend } from "../../src/nn/backend.ts";
import { compileWasm } from "../../src/nn/wasm_source.ts";

Deno.test("initBackend() starts from compiled modules where fetching and compiling are forbidden", async () => {
  const tfjs = await compileWasm(
    new URL("tfjs-backend-wasm-simd.wasm", import.meta.resolve("@tensorflow/tfjs-backend-wasm")),
  );
  const kernels = await compileWasm(new URL("../../build/kernels.wasm", import.meta.url));
  const { compile, compileStreaming, instantiateStreaming, instantiate } = WebAssembly;
  const { fetch } = globalThis;
  const forbidden = () => {
    throw new Error("forbidden in this runtime");
  };
  // As an edge worker has it: a module may be instantiated, bytes may not be compiled.
  Object.assign(WebAssembly, {
    ...{ compile: forbidden, compileStreaming: forbidden, instantiateStreaming: forbidden },
    instantiate: (module: unknown, imports: WebAssembly.Imports) =>
      module instanceof WebAssembly.Module ? instantiate(module, imports) : forbidden(),
  });
  globalThis.fetch = forbidden;
  try {
    await initBackend({ tfjs, kernels });
  } finally {
    Object.assign(WebAssembly, { compile, compileStreaming, instantiateStreaming, instantiate });
    globalThis.fetch = fetch;
  }
  await initBackend({ tfjs, kernels });
  assert.equal(tf.getBackend(), "wasm");
  const x = tf.tensor4d(Float32Array.from({ length: 36 }, (_, i) => i), [1, 6, 6, 1]);
  const sums = tf.conv2d(x, tf.ones([3, 3, 1, 1]) as tf.Tensor4D, 1, "valid").dataSync();
  assert(Math.abs(sums[0] - 63) < 1e-4);
});

Deno.test("initBackend() started from modules refuses bytes that may be others", async () => {
  const bytes = await Deno.readFile(new URL("../../build/kernels.wasm", import.meta.url));
  await assert.rejects(() => initBackend({ kernels: bytes }), /another WebAssembly for "kernels"/);
  await initBackend();
});
