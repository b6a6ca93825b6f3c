/**
 * How features were normalised: not at all, by the training set's mean and deviation, by those of
 * each speaker's own samples, which needs no labels but several samples of a new speaker, or by those of each
 * corpus's own samples, which needs several of a new corpus.
 */
export type Normalisation = "none" | "train" | "own" | "corpus";

/** What is said of a normalisation. */
export interface NormalisationWords {
  /** After the name of features. */
  readonly label: string;
  /** Whose statistics they are, under a heading of its own. */
  readonly by: string;
  /**
   * Whether they are of test samples too, without labels.
   *
   * @default {false}
   */
  readonly transductive?: boolean;
}

/** What each normalisation is called. */
export const NORMALISATIONS: Readonly<Record<Normalisation, NormalisationWords>> = {
  none: { label: "not standardised", by: "" },
  train: { label: "training statistics", by: "training set" },
  own: { label: "own speaker statistics", by: "speaker", transductive: true },
  corpus: { label: "own corpus statistics", by: "corpus", transductive: true },
};
