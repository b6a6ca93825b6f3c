import { readFile } from "node:fs/promises";
import { wasmBuild } from "../../src/nn/wasm_build.ts";
import { loadRecognizer as load } from "../../src/recognize/load_recognizer.ts";
import type { Recognizer } from "../../src/recognize/recognizer.ts";

/**
 * Loads a recogniser in Node, with the `.wasm` files beside the bundled code.
 *
 * @throws {BundleError} If the bundle is damaged, or made by a newer version.
 */
export async function loadRecognizer(bundle: Uint8Array): Promise<Recognizer> {
  const beside = (file: string) => readFile(new URL(`./${file}`, import.meta.url));
  const [dsp, kernels, tfjs] = await Promise.all([
    beside(wasmBuild("dsp")),
    beside(wasmBuild("kernels")),
    beside("tfjs-backend-wasm-simd.wasm"),
  ]);
  return await load(bundle, { dsp, kernels, tfjs });
}
