import { FlagValueError } from "./flag_value_error.ts";

/**
 * Reads a comma-separated list of labels, each once. Which labels there are is known when the clips are:
 * any is allowed.
 *
 * @example
 * ```ts
 * import { parseLabels } from "./parse_labels.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(parseLabels("angry, awed,angry"), ["angry", "awed"]);
 * ```
 *
 * @throws {FlagValueError} If a part is empty.
 */
export function parseLabels(text: string): string[] {
  const labels = text.split(",").map((part) => part.trim());
  if (labels.includes("")) {
    throw new FlagValueError("", "a label", "labels separated by commas, such as angry,sad");
  }
  return [...new Set(labels)];
}
