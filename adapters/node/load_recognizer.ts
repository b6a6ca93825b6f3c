import { readFile } from "node:fs/promises";
import { hasRelaxedSimd } from "../../src/audio/has_relaxed_simd.ts";
import { loadRecognizer as load } from "../../src/recognize/load_recognizer.ts";
import type { Recognizer } from "../../src/recognize/recognizer.ts";

/**
 * Loads a recogniser in Node, with the `.wasm` files beside the bundled code.
 *
 * @throws {BundleError} If the bundle is damaged, or made by a newer version.
 */
export async function loadRecognizer(bundle: Uint8Array): Promise<Recognizer> {
  const relaxed = hasRelaxedSimd() ? ".relaxed" : "";
  const beside = (file: string) => readFile(new URL(`./${file}`, import.meta.url));
  const [dsp, kernels, tfjs] = await Promise.all([
    beside(`dsp${relaxed}.wasm`),
    beside(`kernels${relaxed}.wasm`),
    beside("tfjs-backend-wasm-simd.wasm"),
  ]);
  return await load(bundle, { dsp, kernels, tfjs });
}
