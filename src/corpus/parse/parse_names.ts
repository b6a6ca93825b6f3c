import { FlagValueError } from "./flag_value_error.ts";

/**
 * Reads a comma-separated list of names out of a few, capitals aside, into their order.
 *
 * @param names The names that there are.
 * @param what What one of them is, for the error.
 *
 * @example
 * ```ts
 * import { parseNames } from "./parse_names.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(parseNames("sad, Angry", ["angry", "happy", "sad"], "an emotion"), ["angry", "sad"]);
 * ```
 *
 * @throws {FlagValueError} If a part is none of them.
 */
export function parseNames(text: string, names: readonly string[], what: string): string[] {
  const wanted = new Set(
    text.split(",").map((part) => {
      const name = part.trim();
      const found = names.find((known) => known.toLowerCase() === name.toLowerCase());
      if (found === undefined) {
        throw new FlagValueError(name, what, `${names.join(", ")}, separated by commas`);
      }
      return found;
    }),
  );
  return names.filter((name) => wanted.has(name));
}
