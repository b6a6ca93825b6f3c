import type { Corpus } from "../corpus/corpus.ts";
import type { Protocol, Split } from "../evaluate/protocol.ts";
import type { RunConfig } from "./config.ts";
import type { ExtractedSample } from "./extract.ts";
import type { FoldJob } from "./fold.ts";
import { needsMetBy } from "./feature_sources.ts";
import { chooseRecipes } from "./recipes/choose_recipes.ts";
import type { RecipePlan } from "./recipes/recipe.ts";
import type { Sample } from "./samples.ts";
import type { FeatureStore } from "./store.ts";

/**
 * Splits samples by the protocol.
 *
 * @param corpus What calls speakers and takes by their names, and has folds that were published.
 * @param takes The take that each sample shows: samples of one take are never on two sides.
 *
 * @throws {ProtocolError} If the protocol cannot split these samples.
 */
export function splitSamples(
  { folds, seed }: RunConfig,
  protocol: Protocol,
  samples: readonly Sample[],
  classes: readonly string[],
  { words, folds: presets }: Pick<Corpus, "words" | "folds">,
  takes: readonly string[] = samples.map(({ take }) => take),
): Split[] {
  return protocol.splits(
    samples.map(({ speaker, label }, i) => ({
      label: classes.indexOf(label),
      className: label,
      speaker,
      take: takes[i],
    })),
    { folds: folds ?? undefined, seed, words, presets },
  );
}

/** What makes splits into jobs. */
export interface JobParts {
  /** The splits. */
  readonly splits: readonly Split[];
  /** The samples that they number. */
  readonly samples: readonly ExtractedSample[];
  /** The take that each sample shows. */
  readonly takes: readonly string[];
  /** Names of the classes. */
  readonly classes: readonly string[];
  /** What is fitted. */
  readonly plans: readonly RecipePlan[];
  /** Features of each sample that need no fitting. */
  readonly features: FoldJob["features"];
  /** Where the embeddings are, where the face is used. */
  readonly store: FeatureStore;
  /** Folder for the fitted models. */
  readonly modelsDir: string;
}

/**
 * One job a split.
 *
 * @throws {RecipeError} If the run can compute none of a recipe's feature sets.
 */
export function makeJobs(config: RunConfig, protocol: Protocol, parts: JobParts): FoldJob[] {
  const { splits, samples, takes, classes, plans, features, store, modelsDir } = parts;
  const { seconds, fps, seed } = config;
  const met = needsMetBy(config);
  const recipes = chooseRecipes(plans, met);
  const labels = Int32Array.from(samples, ({ sample }) => classes.indexOf(sample.label));
  const speakers = samples.map(({ sample }) => sample.speaker);
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
      ...{ name, train, test, labels },
      nClasses: classes.length,
      groups: protocol.innerGroup === "speaker" && hasSpeakers ? speakers : takes,
      speakers,
      ...{ plans, recipes, features, video },
      headOnAllClips: protocol.headOnAllClips,
      featureNetworksOnAllClips: protocol.featureNetworksOnAllClips,
      ...{ seed, modelsDir },
    };
  });
}
