/**
 * Whisper's encoder on tfjs's WASM backend, for `deno task bench whisper`. The argument says whose kernels compute
 * it: `emofuse` or `stock`, those that tfjs comes with.
 *
 * @module
 */

import process from "node:process";
import { createWhisperEncoder, type WhisperEncoder } from "../../models/whisper_encoder.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { startTfjs } from "../../src/nn/start_tfjs.ts";
import { compileWasm } from "../../src/nn/wasm_source.ts";
import { decodeSafetensors } from "../../src/numeric/safetensors.ts";
import { serveLines } from "../serve/serve_lines.ts";

/** What a contender is asked: first to load, then to compute or to time. */
export type WhisperRequest =
  | {
    /** The encoder's weights, a safetensors file in base64. */
    readonly weights: string;
    /** Frames [n, 80] of a spectrogram, float32 in base64. */
    readonly mel: string;
  }
  | {
    /** How many of the frames are heard. */
    readonly frames: number;
    /** True for the last layer too, false for the time alone. */
    readonly features: boolean;
  };

if (process.argv[2] === "stock") {
  const package_ = import.meta.resolve("@tensorflow/tfjs-backend-wasm");
  await startTfjs(await compileWasm(new URL("tfjs-backend-wasm-simd.wasm", package_)));
} else {
  await initBackend();
}

let encoder: WhisperEncoder | undefined;
let mel = new Float32Array();

await serveLines((request: WhisperRequest): Promise<unknown> => {
  if ("weights" in request) {
    mel = new Float32Array(Uint8Array.fromBase64(request.mel).buffer);
    const { tensors } = decodeSafetensors(Uint8Array.fromBase64(request.weights));
    encoder = createWhisperEncoder(tensors);
    return Promise.resolve({});
  }
  const { frames, features } = request;
  const start = performance.now();
  const last = encoder!.encode(mel.subarray(0, 80 * frames), frames).at(-1)!;
  const ms = performance.now() - start;
  if (!features) return Promise.resolve({ ms });
  return Promise.resolve({ ms, features: new Uint8Array(last.slice().buffer).toBase64() });
});
