/**
 * Names of folds that test one value each, fit for file names and unique: a value that is not, or is another's but
 * for signs that files cannot have, is named with its number too.
 *
 * @param word What the values are, such as `speaker`.
 *
 * @example
 * ```ts
 * import { foldNames } from "./fold_names.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(foldNames(["JK", "a/b", "a b"], "speaker"), ["speaker-JK", "speaker-2-a_b", "speaker-3-a_b"]);
 * ```
 */
export function foldNames(values: readonly string[], word: string): string[] {
  const clean = (text: string) => text.replace(/[^\w.-]+/g, "_");
  const names = values.map(clean);
  const shared = (name: string) =>
    names.filter((other) => other.toLowerCase() === name.toLowerCase()).length > 1;
  return names.map((name, i) => `${clean(word)}-${shared(name) ? `${i + 1}-` : ""}${name}`);
}
