import { ATTENTION } from "./attention.ts";
import type { Recipe } from "./recipe.ts";
import { SPECTROGRAM } from "./spectrogram.ts";
import { STATISTICS } from "./statistics.ts";
import { TUTORIAL } from "./tutorial.ts";

/** Every recipe that Emofuse comes with, in the order of results. */
const OWN = [
  TUTORIAL,
  STATISTICS,
  SPECTROGRAM,
  ATTENTION,
] as const satisfies readonly Recipe[];

/** Names of the recipes that Emofuse comes with. */
export type RecipeName = typeof OWN[number]["name"];

const registered = new Map<string, Recipe>(OWN.map((recipe) => [recipe.name, recipe]));

/** All recipes, Emofuse's own first. */
export function recipes(): Recipe[] {
  return [...registered.values()];
}

/**
 * The recipe of that name.
 *
 * @throws {RangeError} If there is none; the message lists those that there are.
 */
export function findRecipe(name: string): Recipe {
  const recipe = registered.get(name);
  if (!recipe) {
    throw new RangeError(
      `there is no recipe "${name}": the recipes are ${[...registered.keys()].join(", ")}`,
    );
  }
  return recipe;
}

/**
 * Adds a recipe to those that a run may name; disposing what it gives takes the recipe away again.
 *
 * @throws {RangeError} If there is one of that name already.
 *
 * @example
 * ```ts
 * import { findRecipe, registerRecipe } from "./registry.ts";
 * import assert from "node:assert/strict";
 *
 * using _mine = registerRecipe({ ...findRecipe("statistics"), name: "mine", classifiers: ["lda"] });
 * assert.deepEqual(findRecipe("mine").classifiers, ["lda"]);
 * ```
 */
export function registerRecipe(recipe: Recipe): Disposable {
  if (registered.has(recipe.name)) {
    throw new RangeError(`there is a recipe "${recipe.name}" already`);
  }
  registered.set(recipe.name, recipe);
  return { [Symbol.dispose]: () => void registered.delete(recipe.name) };
}
