import type { Normalisation } from "../results.ts";
import type { RecipeName, RecipePlan } from "./recipe.ts";
import { RECIPES } from "./registry.ts";

/**
 * The plans of some recipes: each recipe with each of its normalisations, or with those given. The
 * tutorial's recipe is what it is: it is never normalised.
 */
export function planRecipes(
  names: readonly RecipeName[],
  normalisations?: readonly Normalisation[],
): RecipePlan[] {
  return names.flatMap((recipe) => {
    const own = RECIPES[recipe].normalisations;
    const wanted = recipe === "tutorial" ? own : normalisations ?? own;
    return wanted.map((normalisation) => ({ recipe, normalisation }));
  });
}
