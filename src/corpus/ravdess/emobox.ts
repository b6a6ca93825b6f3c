import type { FoldPreset } from "../corpus.ts";

/** The six folds of RAVDESS's actors of EmoBox. */
export const EMOBOX: FoldPreset = {
  name: "emobox",
  speakers: [
    ["1", "11", "20", "21"],
    ["4", "10", "12", "14"],
    ["8", "9", "19", "23"],
    ["3", "5", "7", "24"],
    ["2", "15", "16", "18"],
    ["6", "13", "17", "22"],
  ],
  source:
    'Z. Ma et al., "EmoBox: Multilingual multi-corpus speech emotion recognition toolkit and ' +
    'benchmark", Interspeech 2024',
};
