import { readFile } from "node:fs/promises";
import type { Recognizer } from "../../src/recognize/recognizer.ts";
import { loadRecognizer } from "./load_recognizer.ts";

/** The model that `deno task bundle` put beside the bundled code. */
export const MODEL_BESIDE = new URL("./model.emofuse", import.meta.url);

/**
 * Loads the recogniser of the model that lies beside the bundled code: the one that comes with Emofuse, unless
 * `deno task bundle` was given another.
 *
 * @throws {Error} If there is none.
 * @throws {BundleError} If it is damaged.
 */
export async function loadDefaultRecognizer(): Promise<Recognizer> {
  return await loadRecognizer(await readFile(MODEL_BESIDE));
}
