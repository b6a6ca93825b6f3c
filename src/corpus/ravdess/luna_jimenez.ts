import type { FoldPreset } from "../corpus.ts";

/** The five folds of RAVDESS's actors on which PANNs and wav2vec2 were fine-tuned. */
export const LUNA_JIMENEZ: FoldPreset = {
  name: "luna-jimenez",
  speakers: [
    ["2", "5", "14", "15", "16"],
    ["3", "6", "7", "13", "18"],
    ["10", "11", "12", "19", "20"],
    ["8", "17", "21", "23", "24"],
    ["1", "4", "9", "22"],
  ],
  source:
    'C. Luna-Jiménez et al., "Multimodal emotion recognition on RAVDESS dataset using transfer ' +
    'learning", Sensors 21(22), 2021',
};
