import type { CorpusCardTexts } from "../corpus.ts";

/** What cards say of SAVEE. */
export const SAVEE_CARD: CorpusCardTexts = {
  name: "SAVEE (by the names of its clips)",
  licence: "on registration, for research (S. Haq and P. J. B. Jackson, University of Surrey, " +
    '"Speaker-dependent audio-visual emotion recognition", AVSP 2009, ' +
    "http://kahlan.eps.surrey.ac.uk/savee), if the clips are what their names say",
  weights:
    "The fitted weights were trained on SAVEE, which its authors give to registered users for " +
    "research: ask them before any other use.",
  limits: (people, samples) =>
    `Trained on ${samples} short clips by ${people}, all of them young men who act, in British English ` +
    "and in a laboratory: expect less on women, on spontaneous speech, other languages, noise and other " +
    "people than the protocol's numbers say.",
};
