import { readBytes } from "../runtime/files/read_bytes.ts";
import { isMissing } from "../runtime/files/file_problem.ts";
import { Dsp } from "./dsp.ts";
import { DspLoadError } from "./errors.ts";
import { wasmBuild } from "../nn/wasm_build.ts";

/**
 * Loads the DSP core from build/, where `deno task build` puts it, or from `url`. Of the two builds it
 * takes build/dsp.relaxed.wasm where the engine has relaxed SIMD, and build/dsp.wasm elsewhere. Their
 * results differ by rounding: within 1e-5 of each other, relative to the largest value.
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
export async function loadDsp(
  url: URL = new URL(`../../build/${wasmBuild("dsp")}`, import.meta.url),
): Promise<Dsp> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await readBytes(url);
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new DspLoadError(`${url.pathname} is missing: run \`deno task build\``, { cause: error });
  }
  let module: WebAssembly.Module;
  try {
    module = await WebAssembly.compile(bytes);
  } catch (error) {
    throw new DspLoadError(
      `${url.pathname} is not a WebAssembly module this engine accepts (SIMD is needed): ` +
        `delete it and run \`deno task build\``,
      { cause: error },
    );
  }
  return new Dsp(module);
}
