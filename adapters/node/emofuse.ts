/**
 * Emofuse for Node, as one ES module.
 *
 * @module
 */

export { loadDefaultRecognizer } from "./load_default_recognizer.ts";
export { loadRecognizer } from "./load_recognizer.ts";
