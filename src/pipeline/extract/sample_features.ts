import type { BackboneInfo } from "../../../models/backbone.ts";
import type { Features, FeatureSetOf } from "../../features/feature_set.ts";
import { featureSets } from "../../features/registry.ts";
import type { RunConfig } from "../config.ts";
import type { ExtractedSample } from "./extract.ts";
import {
  type ClipNeed,
  type FeatureSource,
  type FeatureSources,
  featureSources,
  needsMetBy,
} from "./feature_sources.ts";
import type { FeatureData, FoldJob } from "../fold/fold.ts";
import { chooseRecipes } from "../recipes/choose_recipes.ts";
import { sharedFeatures } from "./shared_features.ts";
import type { FeatureStore } from "./store.ts";

/**
 * The features of every sample that the run's recipes work on and that need no fitting, by the name of
 * their set. Reads one sample at a time.
 *
 * @throws {RecipeError} If the run can compute none of a recipe's feature sets.
 */
export async function sampleFeatures(
  config: RunConfig,
  store: FeatureStore,
  samples: readonly ExtractedSample[],
  backbone: BackboneInfo | undefined,
): Promise<FoldJob["features"]> {
  const recipes = chooseRecipes(config.recipes, needsMetBy(config));
  const wanted = new Set(
    Object.values(recipes).flatMap(({ features }) => Object.values(features).flat()),
  );
  const sources = await featureSources(config, store, backbone);
  const features: Record<string, FeatureData> = {};
  for (const set of featureSets().filter(({ name }) => wanted.has(name))) {
    if (set.needs !== "head") features[set.name] = await rowsOf(set, sources, store, samples);
  }
  return features;
}

/** One set's features of every sample. */
async function rowsOf<N extends ClipNeed>(
  set: FeatureSetOf<N>,
  sources: FeatureSources,
  store: FeatureStore,
  samples: readonly ExtractedSample[],
): Promise<FeatureData> {
  const source: FeatureSource<N> | undefined = sources[set.needs];
  if (!source) throw new RangeError(`the run has nothing that "${set.name}" is computed from`);
  const { settings } = source;
  const width = set.size(settings);
  const features = sharedFeatures(samples.length, width, set.frames?.channels(settings));
  const starts = new Float64Array(samples.length);
  for (const [row, sample] of samples.entries()) {
    const { data, start = 0 } = await featuresOf(set, source, store, sample);
    if (data.length !== width) {
      throw new RangeError(
        `"${set.name}" says that it has ${width} numbers a clip and gave ${data.length} of ` +
          sample.sample.id,
      );
    }
    features.data.set(data, row * width);
    starts[row] = start;
  }
  const step = set.frames?.step?.(settings);
  const mirrored = set.frames?.mirrored?.(settings);
  return {
    ...features,
    ...(step === undefined ? {} : { times: { starts, step } }),
    ...(mirrored === undefined ? {} : { mirrored }),
  };
}

/** One set's features of one sample: those that the store keeps, where the set is worth keeping. */
export async function featuresOf<N extends ClipNeed>(
  set: FeatureSetOf<N>,
  { key, read, settings }: FeatureSource<N>,
  store: FeatureStore,
  sample: ExtractedSample,
): Promise<Features> {
  const from = key(sample);
  if (set.stage === undefined || !from) return set.compute(await read(sample), settings);
  const entry = { ...from, stage: set.stage };
  const kept = (await store.get(entry))?.tensors;
  if (kept?.statistics?.data instanceof Float32Array) {
    return { data: kept.statistics.data, start: kept.start && Number(kept.start.data[0]) };
  }
  const { data, start } = set.compute(await read(sample), settings);
  await store.put(entry, {
    statistics: { shape: [data.length], data },
    ...(start === undefined ? {} : { start: { shape: [1], data: Float64Array.of(start) } }),
  });
  return { data, start };
}
