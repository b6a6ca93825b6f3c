import { MODALITIES, type Modality } from "../../modality.ts";
import type { ModelCard } from "../bundle/model_card.ts";
import { knownLabels } from "../known_labels.ts";
import { nameSenses } from "./name_senses.ts";

/**
 * Which labels of a model one of its modalities does not know, in words: a sentence without its full stop for
 * each such modality.
 *
 * @example
 * ```ts
 * import { nameUnknown } from "./name_unknown.ts";
 * import type { ModelCard } from "../bundle/model_card.ts";
 * import assert from "node:assert/strict";
 *
 * const card = { labels: ["calm", "angry", "sad"], audio: { labels: ["angry", "sad"] }, video: {} };
 * assert.deepEqual(nameUnknown(card as unknown as ModelCard), ["The voice does not know: calm"]);
 * ```
 */
export function nameUnknown(card: Pick<ModelCard, "labels" | Modality>): string[] {
  const knows = knownLabels(card);
  return MODALITIES.flatMap((modality) => {
    const known = knows[modality];
    const unknown = known ? card.labels.filter((_, i) => !known.includes(i)) : [];
    if (unknown.length === 0) return [];
    return [`The ${nameSenses([modality])} does not know: ${unknown.join(", ")}`];
  });
}
