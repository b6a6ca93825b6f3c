/** What moves the cursor, clears lines or changes colours; line ends and tabulators may. */
// deno-lint-ignore no-control-regex
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/**
 * Text as it may be printed to a terminal, whatever names of files are in it: control characters but line ends
 * and tabulators stand as escapes, which mean the same in JSON.
 *
 * @example
 * ```ts
 * import { printable } from "./printable.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(printable("\x1b[31mred.wav"), "\\u001b[31mred.wav");
 * assert.equal(printable("Größe 1\n"), "Größe 1\n");
 * ```
 */
export function printable(text: string): string {
  return text.replace(
    CONTROLS,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
