import type { FoldPreset } from "../corpus.ts";

/** The five folds of CREMA-D's actors that HiCMAE and the models beside it were judged by. */
export const CREMA_D_HICMAE: FoldPreset = {
  name: "hicmae",
  speakers: [[1001, 1018], [1019, 1036], [1037, 1054], [1055, 1072], [1073, 1091]].map(
    ([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => String(first + i)),
  ),
  source:
    'L. Sun et al., "HiCMAE: Hierarchical contrastive masked autoencoder for self-supervised ' +
    'audio-visual emotion recognition", Information Fusion 108, 2024',
};
