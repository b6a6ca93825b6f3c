import type { ModelCard } from "../../../src/recognize/bundle/model_card.ts";
import { find } from "../find.ts";

const choice = find<HTMLSelectElement>("faces");

/** Offers to recognise all of several faces, where a model looks for faces. */
export function offerFaces({ video }: ModelCard): void {
  find("whose").hidden = video?.crop !== "face";
}

/** Whether all of several faces are to be recognised, each by itself. */
export function wantsAllFaces(): boolean {
  return !find("whose").hidden && choice.value === "all";
}
