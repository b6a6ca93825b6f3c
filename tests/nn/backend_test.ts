import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { BackendError, type BackendOptions, initBackend } from "../../src/nn/backend.ts";
import { wasmBuild } from "../../src/nn/wasm_build.ts";

Deno.test("initBackend() says which file is missing, and a later call still succeeds", async () => {
  await assert.rejects(
    () => initBackend({ tfjs: new URL("./nowhere/tfjs-backend-wasm-simd.wasm", import.meta.url) }),
    (error: unknown) => {
      assert(error instanceof BackendError);
      assert.match(error.message, /cannot read .*nowhere\/tfjs-backend-wasm-simd\.wasm/);
      return true;
    },
  );
  await assert.rejects(
    () => initBackend({ tfjs: Uint8Array.of(1, 2, 3) }),
    (error: unknown) => error instanceof BackendError && /does not start/.test(error.message),
  );
  // A module, but not tfjs's: its imports are those of nobody.
  await assert.rejects(
    () => initBackend({ tfjs: Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0) }),
    (error: unknown) => error instanceof BackendError && /does not start/.test(error.message),
  );
  await assert.rejects(
    () => initBackend({ kernels: new URL("./nowhere.wasm", import.meta.url) }),
    (error: unknown) => error instanceof BackendError && /deno task build/.test(error.message),
  );
  await initBackend();
  assert.equal(tf.getBackend(), "wasm");
});

Deno.test("initBackend() registers its kernels once however often it is called", async () => {
  await initBackend();
  const before = tf.getKernel("Conv2DBackpropFilter", "wasm");
  await Promise.all([initBackend(), initBackend()]);
  assert.equal(tf.getKernel("Conv2DBackpropFilter", "wasm"), before);
});

Deno.test("initBackend() takes the settings it was started with again, and refuses others", async () => {
  await initBackend();
  const kernels = new URL(`../../build/${wasmBuild("kernels")}`, import.meta.url);
  await initBackend({ kernels, convolutions: "winograd" });
  await initBackend({ kernels: kernels.href });
  const others: [BackendOptions, RegExp][] = [
    [{ convolutions: "stock" }, /convolutions are "winograd" .* and "stock" is asked for/],
    [{ kernels: new URL("./nowhere.wasm", import.meta.url) }, /another WebAssembly for "kernels"/],
    [{ tfjs: Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0) }, /another WebAssembly for "tfjs"/],
  ];
  for (const [options, message] of others) {
    await assert.rejects(
      () => initBackend(options),
      (error: unknown) => error instanceof BackendError && message.test(error.message),
    );
  }
  // What was refused leaves the backend as it was.
  await initBackend();
});
