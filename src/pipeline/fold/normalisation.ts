/**
 * How features were normalised: not at all, by the training set's mean and deviation, by those of
 * each speaker's own samples, which needs no labels but several samples of a new speaker, or by those of each
 * corpus's own samples, which needs several of a new corpus.
 */
export type Normalisation = "none" | "train" | "own" | "corpus";

/** What each normalisation is called: after the name of features, and under a heading of its own. */
export const NORMALISATIONS: Readonly<
  Record<Normalisation, { readonly label: string; readonly by: string }>
> = {
  none: { label: "not standardised", by: "" },
  train: { label: "training statistics", by: "training set" },
  own: { label: "own speaker statistics", by: "speaker" },
  corpus: { label: "own corpus statistics", by: "corpus" },
};
