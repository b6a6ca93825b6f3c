import { fetchBytes } from "../../runtime/fetch_bytes.ts";
import { BundleError } from "../bundle/bundle_error.ts";
import { loadRecognizer } from "../load_recognizer.ts";
import { defaultModel } from "./default_model.ts";
import type { Recognizer, RecognizerOptions } from "../recognizer.ts";

/**
 * Loads the recogniser that comes with Emofuse, which needs no clips and no training. It is the model of
 * `deno task predict` where none is named, read from the folder `models/pretrained` of Emofuse.
 *
 * @example
 * ```ts
 * import { loadDefaultRecognizer } from "./load_default_recognizer.ts";
 * import assert from "node:assert/strict";
 *
 * const recognizer = await loadDefaultRecognizer();
 * const samples = Float32Array.from({ length: 16000 }, (_, t) => Math.sin(t / 20) / 4);
 * const { label } = recognizer.predict({ samples, sampleRate: 16000 });
 * assert(recognizer.card.labels.includes(label)); // a tone has no emotion: the nearest label
 * recognizer.dispose();
 * ```
 *
 * @throws {BundleError} If the file cannot be read, or the DSP core does not load.
 * @throws {BackendError} If tfjs does not start.
 */
export async function loadDefaultRecognizer(options: RecognizerOptions = {}): Promise<Recognizer> {
  return await loadRecognizer(await readDefaultModel(), options);
}

/**
 * The bytes of the bundle that comes with Emofuse.
 *
 * @throws {BundleError} If the file cannot be read.
 */
async function readDefaultModel(): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await fetchBytes(defaultModel());
  } catch (cause) {
    throw new BundleError(
      `the model that comes with Emofuse cannot be read (${(cause as Error).message}): where its ` +
        "file cannot be reached, pass its bytes to loadRecognizer",
      { cause },
    );
  }
}
