import { hasRelaxedSimd } from "./has_relaxed_simd.ts";

/**
 * Where WebAssembly lies, for this engine: one without relaxed SIMD rejects a whole file that uses it, hence
 * two builds of each of Emofuse's own. The addresses stand here in full, so that bundlers find the files.
 *
 * @param module The DSP core, the kernels of networks, or tfjs's own.
 *
 * @example
 * ```ts
 * import { locateWasm } from "./locate_wasm.ts";
 * import assert from "node:assert/strict";
 *
 * assert.match(locateWasm("dsp").pathname, /build\/dsp(\.relaxed)?\.wasm$/);
 * ```
 */
export function locateWasm(module: "dsp" | "kernels" | "tfjs"): URL {
  if (module === "tfjs") {
    return new URL(
      "tfjs-backend-wasm-simd.wasm",
      import.meta.resolve("@tensorflow/tfjs-backend-wasm"),
    );
  }
  const relaxed = hasRelaxedSimd();
  if (module === "dsp") {
    return relaxed
      ? new URL("../../build/dsp.relaxed.wasm", import.meta.url)
      : new URL("../../build/dsp.wasm", import.meta.url);
  }
  return relaxed
    ? new URL("../../build/kernels.relaxed.wasm", import.meta.url)
    : new URL("../../build/kernels.wasm", import.meta.url);
}
