import type { BackboneInfo } from "../../../models/backbone.ts";
import { featureNames } from "../../features/feature_names.ts";
import type { FeatureSetOf } from "../../features/feature_set.ts";
import type { RunConfig } from "../config.ts";
import type { ExtractedSample } from "../extract/extract.ts";
import {
  type ClipNeed,
  type FeatureSource,
  type FeatureSources,
  featureSources,
} from "../extract/feature_sources.ts";
import { featuresOf } from "../extract/sample_features.ts";
import type { FeatureStore } from "../extract/store.ts";
import { type FeatureTable, rowKey } from "./feature_table.ts";

/** A feature set that clips give by themselves, before anything is fitted. */
export type ClipFeatureSet = { readonly [N in ClipNeed]: FeatureSetOf<N> }[ClipNeed];

/** What a table is made of. */
export interface TableInputs {
  /** How clips are heard and seen, as a run would. */
  readonly config: RunConfig;
  /** Where sounds and embeddings are. */
  readonly store: FeatureStore;
  /** The face network, where one is used. */
  readonly backbone: BackboneInfo | undefined;
  /** The samples, a row each. */
  readonly samples: readonly ExtractedSample[];
}

/** A feature set, bound to what it is computed from. */
interface Column {
  readonly names: readonly string[];
  compute(sample: ExtractedSample): Promise<Float32Array>;
}

/**
 * Feature sets side by side, the numbers that a run computes. One sample is read at a time.
 *
 * @throws {RangeError} If a set is computed from what these settings do not give.
 */
export async function makeTable(
  sets: readonly ClipFeatureSet[],
  { config, store, backbone, samples }: TableInputs,
): Promise<FeatureTable> {
  const sources = await featureSources(config, store, backbone);
  const columns = sets.map((set) => columnsOf(set, sources, store));
  return {
    names: columns.flatMap(({ names }) => names),
    keys: samples.map(({ sample }) => rowKey(sample)),
    rows: rowsOf(columns, samples),
  };
}

function columnsOf<N extends ClipNeed>(
  set: FeatureSetOf<N>,
  sources: FeatureSources,
  store: FeatureStore,
): Column {
  const source: FeatureSource<N> | undefined = sources[set.needs];
  if (!source) throw new RangeError(`there is nothing that "${set.name}" is computed from`);
  return {
    names: featureNames(set, source.settings),
    compute: async (sample) => (await featuresOf(set, source, store, sample)).data,
  };
}

async function* rowsOf(
  columns: readonly Column[],
  samples: readonly ExtractedSample[],
): AsyncGenerator<Float32Array> {
  const width = columns.reduce((sum, { names }) => sum + names.length, 0);
  for (const sample of samples) {
    const row = new Float32Array(width);
    let at = 0;
    for (const { names, compute } of columns) {
      row.set(await compute(sample), at);
      at += names.length;
    }
    yield row;
  }
}
