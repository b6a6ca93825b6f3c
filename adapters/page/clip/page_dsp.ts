import { Dsp } from "../../../src/audio/dsp.ts";
import { wasmBuild } from "../../../src/nn/wasm_build.ts";
import { compileWasm } from "../../../src/nn/wasm_source.ts";
import { noDecoder } from "./no_decoder.ts";

/**
 * The DSP core that lies beside the page.
 *
 * @throws {PageError} If it cannot be fetched.
 */
export async function pageDsp(): Promise<Dsp> {
  try {
    return new Dsp(await compileWasm(new URL(`./${wasmBuild("dsp")}`, import.meta.url)));
  } catch (error) {
    throw noDecoder(error);
  }
}
