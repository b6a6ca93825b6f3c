/**
 * What tells whether an origin is among `origins`; `*` for every one.
 *
 * @example
 * ```ts
 * import { originRule } from "./origin_rule.ts";
 * import assert from "node:assert/strict";
 *
 * const isAllowed = originRule(["https://app.example"]);
 * assert.ok(isAllowed("https://app.example") && !isAllowed("http://app.example"));
 * ```
 *
 * @throws {RangeError} If one of them is no origin.
 */
export function originRule(origins: readonly string[]): (origin: string) => boolean {
  const known = new Set(origins.map((entry) => {
    if (entry !== "*" && !isOrigin(entry)) {
      throw new RangeError(
        `${
          JSON.stringify(entry)
        } is no origin; allowed: those of pages, as in https://app.example ` +
          "or http://localhost:3000, or * for every one",
      );
    }
    return entry;
  }));
  return (origin) => known.has("*") || known.has(origin);
}

function isOrigin(text: string): boolean {
  return /^https?:[^*]*$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
