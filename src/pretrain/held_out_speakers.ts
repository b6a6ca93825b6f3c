import { distinctSpeakers } from "../corpus/speakers.ts";

/** Which part of the speakers tests the model. */
const SHARE = 0.25;

/**
 * The speakers that a model is tested on before it is fitted to all: the last quarter in their order, at least one.
 *
 * @param speakers The speaker of every sample.
 *
 * @example
 * ```ts
 * import { heldOutSpeakers } from "./held_out_speakers.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(heldOutSpeakers(["4", "1", "2", "10", "1"]), ["10"]);
 * ```
 */
export function heldOutSpeakers(speakers: Iterable<string>): string[] {
  const all = distinctSpeakers([...speakers]);
  return all.slice(all.length - Math.max(1, Math.round(SHARE * all.length)));
}
