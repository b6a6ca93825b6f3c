/**
 * Whisper's encoder on tfjs's WASM backend, for `deno task bench whisper`. The argument says whose kernels compute
 * it: `emofuse` or `stock`, those that tfjs comes with.
 *
 * @module
 */

import process from "node:process";
import { createWhisperEncoder } from "../../models/whisper/whisper_encoder.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { startTfjs } from "../../src/nn/start_tfjs.ts";
import { compileWasm } from "../../src/nn/wasm_source.ts";
import { decodeSafetensors } from "../../src/numeric/safetensors.ts";
import { serveWhisper } from "./serve_whisper.ts";

if (process.argv[2] === "stock") {
  const package_ = import.meta.resolve("@tensorflow/tfjs-backend-wasm");
  await startTfjs(await compileWasm(new URL("tfjs-backend-wasm-simd.wasm", package_)));
} else {
  await initBackend();
}

await serveWhisper((file) => {
  const encoder = createWhisperEncoder(decodeSafetensors(file).tensors);
  return (mel, frames) => encoder.encode(mel, frames).at(-1)!;
});
