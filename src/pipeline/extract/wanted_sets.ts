import type { FeatureSet } from "../../features/feature_set.ts";
import { featureSets } from "../../features/registry.ts";
import type { RunConfig } from "../config.ts";
import { chooseRecipes } from "../recipes/choose_recipes.ts";
import { needsMetBy } from "./feature_sources.ts";

/**
 * The feature sets that a run's recipes work on.
 *
 * @throws {RecipeError} If the run can compute none of a recipe's feature sets.
 */
export function wantedSets(config: RunConfig): FeatureSet[] {
  const recipes = chooseRecipes(config.recipes, needsMetBy(config));
  const wanted = new Set(
    Object.values(recipes).flatMap(({ features }) => Object.values(features).flat()),
  );
  return featureSets().filter(({ name }) => wanted.has(name));
}
