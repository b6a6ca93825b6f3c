import type { FoldPreset } from "../corpus.ts";

/** The six folds of RAVDESS's actors that HiCMAE and the models beside it were judged by: 1-4, 5-8, ... 21-24. */
export const RAVDESS_HICMAE: FoldPreset = {
  name: "hicmae",
  speakers: [1, 5, 9, 13, 17, 21].map((first) => [0, 1, 2, 3].map((i) => String(first + i))),
  source:
    'L. Sun et al., "HiCMAE: Hierarchical contrastive masked autoencoder for self-supervised ' +
    'audio-visual emotion recognition", Information Fusion 108, 2024',
};
