/**
 * A JSON object as lines of name and value: nested names are joined by dots, lists by commas. Undefined
 * values are left out, null is a dash.
 *
 * @example
 * ```ts
 * import { flatten } from "./flatten.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(flatten({ seed: 1, filter: { speakers: [1, 2] } }), [
 *   ["seed", "1"],
 *   ["filter.speakers", "1, 2"],
 * ]);
 * ```
 */
export function flatten(value: object, prefix = ""): [name: string, value: string][] {
  return Object.entries(value).flatMap(([name, entry]): [string, string][] => {
    if (entry === undefined) return [];
    const full = prefix + name;
    if (entry === null) return [[full, "–"]];
    if (typeof entry !== "object") return [[full, String(entry)]];
    if (!Array.isArray(entry)) return flatten(entry, `${full}.`);
    return entry.some((item) => typeof item === "object")
      ? [[full, JSON.stringify(entry)]]
      : [[full, entry.join(", ")]];
  });
}
