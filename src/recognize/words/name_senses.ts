import type { UsedModality } from "../prediction.ts";

/**
 * What a prediction goes by, for people: "voice and face", "voice", "face", or nothing.
 *
 * @example
 * ```ts
 * import { nameSenses } from "./name_senses.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(nameSenses(["audio", "video"]), "voice and face");
 * assert.equal(nameSenses([]), "");
 * ```
 */
export function nameSenses(used: readonly UsedModality[]): string {
  return used.map((modality) => modality === "audio" ? "voice" : "face").join(" and ");
}
