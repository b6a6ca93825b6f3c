import type { Features, FeatureSetOf } from "../../features/feature_set.ts";
import type { ExtractedSample } from "./extract_tools.ts";
import type { ClipNeed, FeatureSource } from "./feature_sources.ts";
import type { FeatureStore } from "../store/feature_store.ts";
import type { StageKey } from "../store/stage_key.ts";

/** The store's entry of a set's features of a sample; undefined where the set is not worth keeping. */
export function entryOf<N extends ClipNeed>(
  { stage }: FeatureSetOf<N>,
  { key }: Pick<FeatureSource<N>, "key">,
  sample: ExtractedSample,
): StageKey | undefined {
  const from = key(sample);
  return stage === undefined || !from ? undefined : { ...from, stage };
}

/** One set's features of one sample: those that the store keeps, where the set is worth keeping. */
export async function featuresOf<N extends ClipNeed>(
  set: FeatureSetOf<N>,
  { key, read, settings }: FeatureSource<N>,
  store: FeatureStore,
  sample: ExtractedSample,
): Promise<Features> {
  const entry = entryOf(set, { key }, sample);
  if (!entry) return set.compute(await read(sample), settings);
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
