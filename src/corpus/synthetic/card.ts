import type { CorpusCardTexts } from "../corpus.ts";

/** What cards say of the demo's corpus, which is named as RAVDESS but shows no people. */
export const SYNTHETIC_CARD: CorpusCardTexts = {
  name: "Emofuse's synthetic demo corpus",
  licence: "none: drawn faces and synthesised voices",
  weights: "The fitted weights hold nothing of real people.",
  limits: () => "Trained on drawn faces and synthesised voices: it knows nothing of people.",
};
