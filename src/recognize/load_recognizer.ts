import { createRecognizer } from "./create_recognizer.ts";
import type { Recognizer, RecognizerOptions } from "./recognizer.ts";

/**
 * Loads the recogniser that `deno task train` wrote as a bundle. tfjs is loaded only for a bundle that
 * looks at faces or has a network for a classifier.
 *
 * It uses typed arrays, `fetch` and WebAssembly, and nothing of Deno, Node or the browser: hand it
 * compiled modules in `options` where compiling or fetching is forbidden, as in edge workers.
 *
 * @example
 * ```ts
 * import { loadRecognizer } from "./load_recognizer.ts";
 * import assert from "node:assert/strict";
 *
 * async function recognise(bundle: Uint8Array, samples: Float32Array) {
 *   const recognizer = await loadRecognizer(bundle);
 *   try {
 *     return recognizer.predict({ samples, sampleRate: 16000 }).label;
 *   } finally {
 *     recognizer.dispose();
 *   }
 * }
 * const noBundle = new TextEncoder().encode("the content of another file, such as a web page's");
 * await assert.rejects(recognise(noBundle, new Float32Array(16000)), /not an Emofuse bundle/);
 * ```
 *
 * @throws {BundleError} If the bundle is damaged or of a newer version, does not fit what its card
 * says, or the DSP core does not load.
 * @throws {BackendError} If tfjs is needed and does not start.
 */
export async function loadRecognizer(
  bundle: Uint8Array,
  options: RecognizerOptions = {},
): Promise<Recognizer> {
  return await createRecognizer(
    bundle,
    options,
    async () => (await import("./load_networks.ts")).loadNetworks,
  );
}
