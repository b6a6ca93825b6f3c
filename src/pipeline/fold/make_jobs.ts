import type { Split } from "../../split/protocol.ts";
import type { FoldJob } from "./fold.ts";
import { needsMetBy } from "../extract/feature_sources.ts";
import type { PreparedRun } from "../run/prepare_run.ts";
import { chooseRecipes } from "../recipes/choose_recipes.ts";
import type { RecipePlan } from "../recipes/recipe.ts";

/** What makes the samples of a run into jobs. */
export interface JobParts {
  /** Numbers of the training and test samples of each fold. */
  readonly splits: readonly Split[];
  /** Recipes and normalisations that each fold fits. */
  readonly plans: readonly RecipePlan[];
  /** Folder under which each fold saves its fitted models, in a folder of its name. */
  readonly modelsDir: string;
}

/**
 * One job a split.
 *
 * @throws {RecipeError} If the run can compute none of a recipe's feature sets.
 */
export function makeJobs(
  { config, protocol, samples, takes, classes, features, store }: PreparedRun,
  { splits, plans, modelsDir }: JobParts,
): FoldJob[] {
  const { seconds, fps, seed } = config;
  const met = needsMetBy(config);
  const recipes = chooseRecipes(plans, met);
  const labels = Int32Array.from(samples, ({ sample }) => classes.indexOf(sample.label));
  const speakers = samples.map(({ sample }) => sample.speaker);
  const corpora = samples.map(({ sample }) => sample.corpus);
  const video = met.has("head")
    ? {
      files: samples.map(({ picture }) => store.path(picture!)),
      frames: Math.round(seconds * fps),
      fps,
    }
    : undefined;
  return splits.map(({ name, train, test }) => {
    const hasSpeakers = new Set(Array.from(train, (i) => speakers[i])).size >= 2;
    return {
      name,
      train,
      test,
      labels,
      nClasses: classes.length,
      groups: protocol.innerGroup === "speaker" && hasSpeakers ? speakers : takes,
      speakers,
      corpora,
      plans,
      recipes,
      features,
      video,
      headOnAllClips: protocol.headOnAllClips,
      featureNetworksOnAllClips: protocol.featureNetworksOnAllClips,
      seed,
      modelsDir,
    };
  });
}
