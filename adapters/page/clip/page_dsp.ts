import { Dsp } from "../../../src/audio/dsp.ts";
import { wasmBuild } from "../../../src/nn/wasm_build.ts";
import { compileWasm } from "../../../src/nn/wasm_source.ts";
import { FOREIGN_DECODER, loadPart } from "./load_part.ts";

/**
 * The DSP core that lies beside the page.
 *
 * @throws {PageError} If it cannot be fetched.
 */
export async function pageDsp(): Promise<Dsp> {
  const file = new URL(`./${wasmBuild("dsp")}`, import.meta.url);
  return new Dsp(await loadPart(FOREIGN_DECODER, () => compileWasm(file)));
}
