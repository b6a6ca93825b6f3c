/**
 * Whether an encrypted address led to one that is not, where hashes and files could be changed on the way.
 *
 * @param asked The address that was asked.
 * @param answered The one that answered after all redirections.
 *
 * @example
 * ```ts
 * import { isDowngraded } from "./is_downgraded.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(isDowngraded("https://zenodo.org/a", "http://zenodo.org/a"), true);
 * assert.equal(isDowngraded("https://zenodo.org/a", "https://s3.cern.ch/a"), false);
 * assert.equal(isDowngraded("http://127.0.0.1/a", "http://127.0.0.1/b"), false);
 * ```
 */
export function isDowngraded(asked: string, answered: string): boolean {
  return asked.startsWith("https:") && !answered.startsWith("https:");
}
