/**
 * A file's name without folder and extension.
 *
 * @example
 * ```ts
 * import { stemOf } from "./stem.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(stemOf("AudioWAV/1001_DFA_ANG_XX.wav"), "1001_DFA_ANG_XX");
 * ```
 */
export function stemOf(file: string): string {
  return file.replace(/^.*[/\\]/, "").replace(/\.[^.]*$/, "");
}
