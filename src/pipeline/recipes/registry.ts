import type { Recipe, RecipeName, RecipePlan } from "./recipe.ts";
import { SPECTROGRAM } from "./spectrogram.ts";
import { STATISTICS } from "./statistics.ts";
import { TUTORIAL } from "./tutorial.ts";

/** Every recipe by name, in the order of results. */
export const RECIPES: Readonly<Record<RecipeName, Recipe>> = {
  tutorial: TUTORIAL,
  statistics: STATISTICS,
  spectrogram: SPECTROGRAM,
};

/** The recipe of a plan, with the plan's own model where it has one. */
export function recipeOf({ recipe, model }: RecipePlan): Recipe {
  const own = RECIPES[recipe];
  if (model === undefined) return own;
  const deciders = { audio: model, video: model, fused: model };
  return { ...own, classifiers: [], deciders, late: false };
}
