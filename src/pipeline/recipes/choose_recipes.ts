import { featureSet } from "../../features/registry.ts";
import type { Need } from "../../features/needs.ts";
import { MODALITIES } from "../../modality.ts";
import type { Recipe, RecipePlan } from "./recipe.ts";
import { RecipeError } from "./recipe_error.ts";
import { findRecipe } from "./registry.ts";

/** The recipes of a run by name, each with the one feature set a modality that the run computes. */
export type ChosenRecipes = Readonly<Record<string, Recipe>>;

/**
 * The recipes that plans name, each with the first feature set of every modality that can be computed.
 *
 * @param met What features can be computed from.
 *
 * @throws {RecipeError} If none of a recipe's feature sets can be computed.
 * @throws {RangeError} If there is no such recipe, or it names a feature set that there is not.
 */
export function chooseRecipes(
  plans: readonly RecipePlan[],
  met: ReadonlySet<Need>,
): ChosenRecipes {
  const names = new Set(plans.map(({ recipe }) => recipe));
  return Object.fromEntries(Array.from(names, (name) => [name, choose(findRecipe(name), met)]));
}

function choose(recipe: Recipe, met: ReadonlySet<Need>): Recipe {
  const chosen = MODALITIES.flatMap((modality) => {
    const names = recipe.features[modality] ?? [];
    const name = names.find((name) => met.has(featureSet(name).needs));
    return name === undefined ? [] : [[modality, [name]] as const];
  });
  if (chosen.length === 0) {
    const wanted = MODALITIES.flatMap((modality) => recipe.features[modality] ?? [])
      .map((name) => `${name} (of ${featureSet(name).needs})`);
    throw new RecipeError(
      `this run can compute no feature set of the recipe "${recipe.name}", which works on ` +
        `${wanted.join(" or ") || "none"}; the run has ${[...met].join(", ") || "nothing"}`,
    );
  }
  return { ...recipe, features: Object.fromEntries(chosen) };
}
