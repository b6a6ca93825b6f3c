/**
 * Emofuse for the browser, as one ES module: the recogniser itself, and the same in a Web Worker.
 *
 * @module
 */

export { FetchError } from "./fetch_bundle.ts";
export { loadDefaultRecognizer, loadRecognizer } from "./load_recognizer.ts";
export { WorkerRecognizer, WorkerRecognizerError } from "./worker_recognizer.ts";
