import type { CorpusCardTexts } from "../corpus.ts";

/** What cards say of TESS. */
export const TESS_CARD: CorpusCardTexts = {
  name: "TESS (by the names of its clips)",
  licence: "CC BY-NC-ND 4.0 (M. K. Pichora-Fuller and K. Dupuis, Toronto emotional speech set, " +
    "https://doi.org/10.5683/SP2/E8H2MF), if the clips are what their names say",
  weights:
    "The fitted weights were trained on TESS (CC BY-NC-ND 4.0: attribution, no commercial use, no " +
    "derivatives): whether weights may be passed on is for its authors to say.",
  limits: (people, samples) =>
    `Trained on ${samples} recordings by ${people}: two actresses who say one word each time after ` +
    '"Say the word", in Canadian English. Two voices say nothing about a third: expect far less on ' +
    "anybody else.",
};
