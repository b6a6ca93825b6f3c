import { GET_WASM } from "../runtime/invocation.ts";
import { locateWasm } from "../nn/locate_wasm.ts";
import { compileWasm, type WasmSource } from "../nn/wasm_source.ts";
import { Dsp } from "./dsp.ts";
import { DspLoadError } from "./errors.ts";

/**
 * Loads the DSP core that lies with Emofuse, or `source`: an address, the file's bytes, or, where compiling is
 * forbidden as in edge workers, a module that is compiled. Of its two builds it takes `dsp.relaxed.wasm` where the
 * engine has relaxed SIMD, and `dsp.wasm` elsewhere. Their results differ by rounding: within 1e-5 of each other,
 * relative to the largest value.
 *
 * @example
 * ```ts
 * import { loadDsp } from "./load_dsp.ts";
 * import assert from "node:assert/strict";
 *
 * const dsp = await loadDsp();
 * assert.ok(dsp.memoryBytes > 0);
 * ```
 *
 * @throws {DspLoadError} If the file is missing, or is not the DSP core of this version.
 */
export async function loadDsp(source: WasmSource = locateWasm("dsp")): Promise<Dsp> {
  try {
    return new Dsp(await compileWasm(source));
  } catch (cause) {
    if (cause instanceof DspLoadError) throw cause;
    const where = source instanceof URL || typeof source === "string"
      ? `${source}`
      : "the DSP core";
    throw new DspLoadError(
      cause instanceof WebAssembly.CompileError
        ? `${where} is not a WebAssembly module this engine accepts (SIMD is needed): delete it and ` +
          GET_WASM
        : `${where} is missing or cannot be read: ${GET_WASM}`,
      { cause },
    );
  }
}
