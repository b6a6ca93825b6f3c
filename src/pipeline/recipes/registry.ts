import type { Recipe, RecipeName } from "./recipe.ts";
import { SPECTROGRAM } from "./spectrogram.ts";
import { STATISTICS } from "./statistics.ts";
import { TUTORIAL } from "./tutorial.ts";

/** Every recipe by name, in the order of results. */
export const RECIPES: Readonly<Record<RecipeName, Recipe>> = {
  tutorial: TUTORIAL,
  statistics: STATISTICS,
  spectrogram: SPECTROGRAM,
};
