/** A host as `Host` may state it: a name, an IPv4 address or one of IPv6 in brackets, and a port. */
const HOST = /^(?:\[[0-9A-Fa-f:.]+\]|[^\s:/?#@[\]\\,%]+)(?::\d*)?$/;

/**
 * The name or address in a `Host` header, as URLs write it: in lower case, numbers of an address in full,
 * without port and without a dot at its end. Undefined if it is neither.
 *
 * @example
 * ```ts
 * import { hostName } from "./host_name.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(hostName("Emofuse.Example.:8000"), "emofuse.example");
 * assert.equal(hostName("[::1]:8000"), "[::1]");
 * assert.equal(hostName("127.0.0.1@evil.example"), undefined);
 * ```
 */
export function hostName(host: string): string | undefined {
  if (!HOST.test(host)) return undefined;
  try {
    return new URL(`http://${host}`).hostname.replace(/\.$/, "") || undefined;
  } catch {
    return undefined;
  }
}

/** Whether what {@linkcode hostName} gave is an address, which no site can let stand for another one. */
export function isAddress(name: string): boolean {
  return name.startsWith("[") || /^\d+(?:\.\d+){3}$/.test(name);
}
