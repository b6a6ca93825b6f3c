import { createRecognizer } from "./create_recognizer.ts";
import type { Recognizer, RecognizerOptions } from "./recognizer.ts";

/**
 * Loads the recogniser that `deno task train` wrote as a bundle. tfjs is loaded only for a bundle that
 * looks at faces or has a network for a classifier.
 *
 * It uses typed arrays, `fetch` and WebAssembly, and nothing of Deno, Node or the browser: hand it
 * compiled modules in `options` where compiling or fetching is forbidden, as in edge workers.
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
