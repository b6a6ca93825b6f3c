import { createRecognizer } from "./create_recognizer.ts";
import type { Recognizer, RecognizerOptions } from "./recognizer.ts";

/**
 * {@linkcode loadRecognizer} without tfjs, for small deployments: nothing of it is imported, so that a
 * bundler leaves it out. The bundle's classifiers must be classical. A bundle that looks at faces
 * takes precomputed embeddings in the place of frames.
 *
 * @throws {BundleError} If the bundle is damaged or of a newer version, has a network for a classifier,
 * does not fit what its card says, or the DSP core does not load.
 */
export async function loadClassicalRecognizer(
  bundle: Uint8Array,
  options: Omit<RecognizerOptions, "kernels" | "tfjs"> = {},
): Promise<Recognizer> {
  return await createRecognizer(bundle, options);
}
