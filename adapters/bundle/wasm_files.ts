import { fileURLToPath } from "node:url";

/** The WebAssembly of a deployed recogniser: where each file comes from. */
const SOURCES = {
  "dsp.wasm": "../../build/dsp.wasm",
  "dsp.relaxed.wasm": "../../build/dsp.relaxed.wasm",
  "kernels.wasm": "../../build/kernels.wasm",
  "kernels.relaxed.wasm": "../../build/kernels.relaxed.wasm",
  "tfjs-backend-wasm-simd.wasm": import.meta.resolve("@tensorflow/tfjs-backend-wasm") +
    "/../tfjs-backend-wasm-simd.wasm",
} as const;

/** Name of a WebAssembly file of a deployed recogniser. */
export type WasmFileName = keyof typeof SOURCES;

/** All of them: engines with relaxed SIMD and without can be served. */
export const WASM_FILES = Object.keys(SOURCES) as readonly WasmFileName[];

/** Where a WebAssembly file is to be found. */
export function wasmFile(name: WasmFileName): string {
  return fileURLToPath(new URL(SOURCES[name], import.meta.url));
}
