import { hasRelaxedSimd } from "./has_relaxed_simd.ts";

/**
 * Name of the file that holds the DSP core or the kernels for this engine: an engine without relaxed SIMD
 * rejects a whole file that uses it, hence two builds of each.
 *
 * @example
 * ```ts
 * import { wasmBuild } from "./wasm_build.ts";
 * import assert from "node:assert/strict";
 *
 * assert.match(wasmBuild("dsp"), /^dsp(\.relaxed)?\.wasm$/);
 * ```
 */
export function wasmBuild(module: "dsp" | "kernels"): string {
  return hasRelaxedSimd() ? `${module}.relaxed.wasm` : `${module}.wasm`;
}
