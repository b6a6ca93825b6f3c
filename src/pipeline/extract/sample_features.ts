import type { FeatureSetOf } from "../../features/feature_set.ts";
import type { ExtractedSample } from "./extract_tools.ts";
import {
  type ClipNeed,
  type FeatureSource,
  type FeatureSources,
  featureSources,
  type SourceParts,
} from "./feature_sources.ts";
import type { FeatureData, FoldJob } from "../fold/fold.ts";
import { featuresOf } from "./features_of.ts";
import { wantedSets } from "./wanted_sets.ts";
import { sharedFeatures } from "./shared_features.ts";
import { mapConcurrent } from "../../runtime/map_concurrent.ts";
import type { FeatureStore } from "../store/feature_store.ts";

/**
 * The features of every sample that the run's recipes work on and that need no fitting, by the name of
 * their set. Reads a few samples at a time, of a folder one.
 *
 * @throws {RecipeError} If the run can compute none of a recipe's feature sets.
 */
export async function sampleFeatures(
  parts: SourceParts,
  samples: readonly ExtractedSample[],
): Promise<FoldJob["features"]> {
  const { store, config } = parts;
  const sources = await featureSources(parts);
  const features: Record<string, FeatureData> = {};
  for (const set of wantedSets(config)) {
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
  const blocks = set.blocks?.(settings);
  const features = {
    ...sharedFeatures(samples.length, width, set.frames?.channels(settings)),
    ...(blocks && { blocks }),
  };
  const starts = new Float64Array(samples.length);
  await mapConcurrent(samples, store.atOnce, async (sample, row) => {
    const { data, start = 0 } = await featuresOf(set, source, store, sample);
    if (data.length !== width) {
      throw new RangeError(
        `"${set.name}" says that it has ${width} numbers a clip and gave ${data.length} of ` +
          sample.sample.id,
      );
    }
    features.data.set(data, row * width);
    starts[row] = start;
  });
  const step = set.frames?.step?.(settings);
  const mirrored = set.frames?.mirrored?.(settings);
  return {
    ...features,
    ...(step === undefined ? {} : { times: { starts, step } }),
    ...(mirrored === undefined ? {} : { mirrored }),
  };
}
