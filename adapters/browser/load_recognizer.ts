import { wasmBuild } from "../../src/nn/wasm_build.ts";
import { loadRecognizer as load } from "../../src/recognize/load_recognizer.ts";
import type { Recognizer, RecognizerOptions } from "../../src/recognize/recognizer.ts";
import { fetchBundle } from "./fetch_bundle.ts";

/**
 * Loads a recogniser in a page or a Web Worker. The `.wasm` files lie beside this module, as
 * `deno task bundle` puts them; those that the model does not need are not fetched.
 *
 * @param model The bundle, or where a GET answers with it.
 * @throws {FetchError} If the bundle cannot be fetched.
 * @throws {BundleError} If it is damaged, or made by a newer version.
 */
export async function loadRecognizer(
  model: URL | Uint8Array,
  options: RecognizerOptions = {},
): Promise<Recognizer> {
  const beside = (file: string) => new URL(`./${file}`, import.meta.url);
  return await load(model instanceof URL ? await fetchBundle(model) : model, {
    dsp: beside(wasmBuild("dsp")),
    kernels: beside(wasmBuild("kernels")),
    tfjs: beside("tfjs-backend-wasm-simd.wasm"),
    ...options,
  });
}

/**
 * Loads the recogniser of the model that lies beside this module: the one that comes with Emofuse, unless
 * `deno task bundle` was given another.
 *
 * @throws As {@linkcode loadRecognizer} does.
 */
export async function loadDefaultRecognizer(options: RecognizerOptions = {}): Promise<Recognizer> {
  return await loadRecognizer(new URL("./model.emofuse", import.meta.url), options);
}
