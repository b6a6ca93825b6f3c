import { crossCorpus } from "./cross_corpus.ts";
import type { Protocol } from "../protocol.ts";
import { ProtocolError } from "../protocol_error.ts";
import { speakerIndependent } from "./speaker_independent.ts";
import { takeIndependent } from "./take_independent.ts";
import { tutorial } from "./tutorial.ts";

/** Every protocol, in the order of help and reports: the one that allows most comes first. */
export const PROTOCOLS: readonly Protocol[] = [
  tutorial,
  takeIndependent,
  speakerIndependent,
  crossCorpus,
];

/** Every name that a protocol has. */
export const PROTOCOL_NAMES: readonly string[] = PROTOCOLS.flatMap(({ name, otherName }) =>
  otherName === undefined ? [name] : [name, otherName]
);

/**
 * The protocol called `name`, which may be its other name.
 *
 * @throws {ProtocolError} If there is none; the message lists those that there are.
 *
 * @example
 * ```ts
 * import { findProtocol } from "./registry.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(findProtocol("tutorial").mergeTwins, false);
 * ```
 */
export function findProtocol(name: string): Protocol {
  const found = knownProtocol(name);
  if (found === undefined) {
    const names = PROTOCOLS.map((protocol) => protocol.name).join(", ");
    throw new ProtocolError(`there is no protocol "${name}": the protocols are ${names}`);
  }
  return found;
}

/** The protocol called `name`, or undefined where a newer version of Emofuse may know it. */
export function knownProtocol(name: string): Protocol | undefined {
  return PROTOCOLS.find((protocol) => protocol.name === name || protocol.otherName === name);
}
