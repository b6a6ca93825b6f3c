import { compileWasm, type WasmSource } from "../nn/wasm_source.ts";
import { locateWasm } from "../nn/locate_wasm.ts";
import { GET_WASM } from "../runtime/invocation.ts";
import { BundleError } from "./bundle/bundle_error.ts";

/**
 * The DSP core's module: `source`, or else the file in build/ that fits this engine.
 *
 * @throws {BundleError} If the file cannot be read or is no WebAssembly.
 */
export async function loadDspModule(source?: WasmSource): Promise<WebAssembly.Module> {
  try {
    return await compileWasm(source ?? locateWasm("dsp"));
  } catch (cause) {
    throw new BundleError(
      `the DSP core does not load (${(cause as Error).message}): ${GET_WASM}, or pass it ` +
        "in loadRecognizer(bundle, { dsp })",
      { cause },
    );
  }
}
