import { isIP } from "node:net";

/**
 * The name that a server answers to because it was told to listen on it; none for an address, which every
 * server answers to.
 *
 * @example
 * ```ts
 * import { boundNames } from "./bound_names.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(boundNames("emofuse.example"), ["emofuse.example"]);
 * assert.deepEqual(boundNames("::1"), []);
 * ```
 */
export function boundNames(host: string): string[] {
  // Without a name node:net listens on every address.
  return host === "" || isIP(host) !== 0 ? [] : [host];
}
