import { knownProtocol } from "../split/protocols/registry.ts";

/**
 * Whether what was found is no more than the protocol says of itself, so that it has to be known but does
 * not make a row worthless: statistics of a speaker's own samples use no labels, and some protocols test
 * speakers that were learned from.
 *
 * @param id Identifier of a leak, as `findLeaks` gives it.
 * @param protocol Name of the protocol.
 *
 * @example
 * ```ts
 * import { isDisclosed } from "./is_disclosed.ts";
 * import assert from "node:assert/strict";
 *
 * assert(isDisclosed("transductive", "speaker-independent"));
 * assert(isDisclosed("speakers", "performance-independent"));
 * assert(!isDisclosed("speakers", "speaker-independent"));
 * ```
 */
export function isDisclosed(id: string, protocol: string): boolean {
  return knownProtocol(protocol)?.discloses.some((disclosed) => disclosed === id) ?? false;
}
