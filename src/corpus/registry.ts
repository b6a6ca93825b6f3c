import type { Corpus } from "./corpus.ts";
import { RAVDESS } from "./ravdess/ravdess.ts";

/** Every corpus whose names are known, in the order of help. */
export const CORPORA: readonly Corpus[] = [
  RAVDESS,
];
