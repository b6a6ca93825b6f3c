import type { CorpusCardTexts } from "../corpus.ts";

/** What cards say of RAVDESS. That clips are RAVDESS's is known by their names alone. */
export const RAVDESS_CARD: CorpusCardTexts = {
  name: "RAVDESS (by the names of its clips)",
  licence: "CC BY-NC-SA 4.0 (S. R. Livingstone and F. A. Russo, PLoS ONE 13(5), 2018, " +
    "https://doi.org/10.5281/zenodo.1188976), if the clips are what their names say",
  weights:
    "The fitted weights were trained on RAVDESS (CC BY-NC-SA 4.0: attribution, no commercial " +
    "use, share alike) and inherit these limits; its authors license commercial use separately.",
  limits: (people, samples) =>
    `Trained on ${samples} short clips by ${people} who act, in North American English and in ` +
    "a studio: expect less on spontaneous speech, other languages, noise, other light and " +
    "other people than the protocol's numbers say.",
};
