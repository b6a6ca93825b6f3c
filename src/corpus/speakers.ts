/**
 * Orders speakers: those that are numbers by their value and first, the others by UTF-16 code units.
 *
 * @example
 * ```ts
 * import { compareSpeakers } from "./speakers.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(["10", "JK", "9", "DC"].sort(compareSpeakers), ["9", "10", "DC", "JK"]);
 * ```
 */
export function compareSpeakers(a: string, b: string): number {
  const [numberA, numberB] = [isNumber(a), isNumber(b)];
  if (numberA !== numberB) return numberA ? -1 : 1;
  const byValue = numberA ? Number(a) - Number(b) : 0;
  return byValue || (a < b ? -1 : a > b ? 1 : 0);
}

/** Each speaker once, in the order of {@linkcode compareSpeakers}. */
export function distinctSpeakers(speakers: Iterable<string>): string[] {
  return [...new Set(speakers)].sort(compareSpeakers);
}

/**
 * A speaker as tables and names of folds show it: numbers have two digits at least, so that they line up.
 *
 * @example
 * ```ts
 * import { showSpeaker } from "./speakers.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(["1", "24", "JK"].map(showSpeaker), ["01", "24", "JK"]);
 * ```
 */
export function showSpeaker(speaker: string): string {
  return isNumber(speaker) ? speaker.padStart(2, "0") : speaker;
}

/** A speaker without leading zeros, so that `1` and `01` are one. */
export function plainSpeaker(speaker: string): string {
  return speaker.replace(/^0+(?=\d+$)/, "");
}

function isNumber(speaker: string): boolean {
  return /^\d{1,15}$/.test(speaker);
}
