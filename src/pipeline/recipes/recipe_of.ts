import { MODALITIES, type Modality } from "../../modality.ts";
import type { FoldJob } from "../fold/fold.ts";
import { featureSet } from "../../features/registry.ts";
import type { Recipe, RecipePlan } from "./recipe.ts";

/** The recipe of a job's plan, with the plan's own model where it has one. */
export function recipeOf({ recipes }: Pick<FoldJob, "recipes">, plan: RecipePlan): Recipe {
  const { recipe, model } = plan;
  const own = recipes[recipe];
  if (model === undefined) return own;
  const deciders = { audio: model, video: model, fused: model };
  return { ...own, classifiers: [], deciders, late: false };
}

/** The feature set of each modality that a recipe works on: the first of its own that the job has. */
export function featuresOfRecipe(job: FoldJob, recipe: Recipe): ReadonlyMap<Modality, string> {
  return new Map(MODALITIES.flatMap((modality) => {
    const name = recipe.features[modality]?.find((name) => canMake(job, name));
    return name === undefined ? [] : [[modality, name] as const];
  }));
}

/** Whether a set is there, or can be made by a head that is fitted to the job's embeddings. */
function canMake({ features, video }: FoldJob, name: string): boolean {
  return Object.hasOwn(features, name) ||
    (video !== undefined && featureSet(name).needs === "head");
}
