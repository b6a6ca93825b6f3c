import type { Normalisation } from "../fold/normalisation.ts";
import type { RecipePlan } from "./recipe.ts";
import { findRecipe } from "./registry.ts";

/**
 * The plans of some recipes: each recipe with each of its normalisations, or with those given where it
 * lets a run choose.
 *
 * @param also Normalisations that come after each recipe's own, where none are given.
 *
 * @throws {RangeError} If there is no recipe of one of the names.
 */
export function planRecipes(
  names: readonly string[],
  normalisations?: readonly Normalisation[],
  also: readonly Normalisation[] = [],
): RecipePlan[] {
  return names.flatMap((recipe) => {
    const { normalisations: own, keepsNormalisation } = findRecipe(recipe);
    const wanted = keepsNormalisation ? own : normalisations ?? [...new Set([...own, ...also])];
    return wanted.map((normalisation) => ({ recipe, normalisation }));
  });
}
