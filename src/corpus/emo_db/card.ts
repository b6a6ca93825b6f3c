import type { CorpusCardTexts } from "../corpus.ts";

/** What cards say of EMO-DB. */
export const EMO_DB_CARD: CorpusCardTexts = {
  name: "EMO-DB (by the names of its clips)",
  licence: "CC BY 4.0 (F. Burkhardt, A. Paeschke, M. Rolfes, W. F. Sendlmeier and B. Weiss, " +
    '"A Database of German Emotional Speech", Interspeech 2005, ' +
    "https://doi.org/10.5281/zenodo.7447302), if the clips are what their names say",
  weights: "The fitted weights were trained on EMO-DB (CC BY 4.0: attribution).",
  limits: (people, samples) =>
    `Trained on ${samples} short recordings by ${people} who act ten sentences in German and in an ` +
    "anechoic room: expect less on spontaneous speech, other languages, noise and other people than " +
    "the protocol's numbers say.",
};
