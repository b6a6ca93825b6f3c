import type { CorpusCardTexts } from "../corpus.ts";

/** What cards say of CREMA-D. */
export const CREMA_D_CARD: CorpusCardTexts = {
  name: "CREMA-D (by the names of its clips)",
  licence:
    "Open Database License 1.0, contents under the Database Contents License 1.0 (H. Cao et al., " +
    '"CREMA-D: Crowd-sourced Emotional Multimodal Actors Dataset", IEEE Trans. Affective Computing ' +
    "5(4), 2014, https://doi.org/10.1109/TAFFC.2014.2336244), if the clips are what their names say",
  weights:
    "The fitted weights were trained on CREMA-D (ODbL 1.0: attribution; a database derived from it " +
    "stays under ODbL).",
  limits: (people, samples) =>
    `Trained on ${samples} short clips by ${people} who act twelve sentences, in North American English ` +
    "and in a studio; what people hear in them is often not what was acted. Expect less on spontaneous " +
    "speech, other languages, noise, other light and other people than the protocol's numbers say.",
};
