/**
 * Where a text of ASCII characters is first found in bytes, from `from` on; -1 where it is not.
 *
 * @example
 * ```ts
 * import { findText } from "./find_text.ts";
 * import assert from "node:assert/strict";
 *
 * const bytes = new TextEncoder().encode("fLaC, fLaC");
 * assert.deepEqual([findText(bytes, "fLaC"), findText(bytes, "fLaC", 1), findText(bytes, "x")], [0, 6, -1]);
 * ```
 */
export function findText(bytes: Uint8Array, text: string, from = 0): number {
  const wanted = Array.from(text, (char) => char.charCodeAt(0));
  for (let at = bytes.indexOf(wanted[0], from); at >= 0; at = bytes.indexOf(wanted[0], at + 1)) {
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  return -1;
}
