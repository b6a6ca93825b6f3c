import { MODALITIES, type Modality } from "../modality.ts";
import { cardPart, type CardParts } from "./bundle/card_part.ts";
import type { ModelCard } from "./bundle/model_card.ts";

/** For each modality that a model has, which of the card's labels it knows: their indices, in its own order. */
export type KnownLabels = Readonly<Partial<Record<Modality, readonly number[]>>>;

/**
 * Which of a card's labels each modality knows: those that its part of the card names, or else all.
 *
 * @example
 * ```ts
 * import { knownLabels } from "./known_labels.ts";
 * import type { ModelCard } from "./bundle/model_card.ts";
 * import assert from "node:assert/strict";
 *
 * const card = { labels: ["calm", "angry", "sad"], audio: { labels: ["angry", "sad"] }, video: {} };
 * assert.deepEqual(knownLabels(card as unknown as ModelCard), { audio: [1, 2], video: [0, 1, 2] });
 * ```
 */
export function knownLabels(card: CardParts & Pick<ModelCard, "labels">): KnownLabels {
  return Object.fromEntries(
    MODALITIES.flatMap((modality) => {
      const part = cardPart(card, modality);
      const own = part?.labels ?? card.labels;
      return part ? [[modality, own.map((label) => card.labels.indexOf(label))]] : [];
    }),
  );
}
