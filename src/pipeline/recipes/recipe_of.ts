import { MODALITIES, type Modality } from "../../modality.ts";
import type { FoldJob } from "../fold/fold.ts";
import { featureSet } from "../../features/registry.ts";
import type { Recipe, RecipePlan } from "./recipe.ts";

/** The recipe of a job's plan, with the plan's own features and model where it has them. */
export function recipeOf({ recipes }: Pick<FoldJob, "recipes">, plan: RecipePlan): Recipe {
  const { recipe, model, features } = plan;
  const own = withFeatures(recipes[recipe], features);
  if (model === undefined) return own;
  const deciders = { audio: model, video: model, fused: model };
  return { ...own, classifiers: [], deciders, late: false, joint: false };
}

function withFeatures(recipe: Recipe, features: RecipePlan["features"] = {}): Recipe {
  const told = Object.entries(features).map(([modality, name]) => [modality, [name]]);
  return told.length === 0
    ? recipe
    : { ...recipe, features: { ...recipe.features, ...Object.fromEntries(told) } };
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
