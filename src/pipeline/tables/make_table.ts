import { featureNames, frameNames } from "../../features/feature_names.ts";
import type { FeatureSetOf } from "../../features/feature_set.ts";
import type { ExtractedSample } from "../extract/extract_tools.ts";
import {
  type ClipNeed,
  type FeatureSource,
  type FeatureSources,
  featureSources,
  type SourceParts,
} from "../extract/feature_sources.ts";
import { featuresOf } from "../extract/features_of.ts";
import type { FeatureStore } from "../store/feature_store.ts";
import { type FeatureTable, KEY_COLUMNS, rowKey } from "./feature_table.ts";

/** A feature set that clips give by themselves, before anything is fitted. */
export type ClipFeatureSet = { readonly [N in ClipNeed]: FeatureSetOf<N> }[ClipNeed];

/** What a table is made of. */
export interface TableInputs extends SourceParts {
  /** The samples, a row each. */
  readonly samples: readonly ExtractedSample[];
}

/** A feature set, bound to what it is computed from. */
interface Column {
  readonly names: readonly string[];
  /** Names of the numbers of a frame; undefined where the set is no sequence. */
  readonly frameNames: readonly string[] | undefined;
  compute(sample: ExtractedSample): Promise<Float32Array>;
}

/**
 * Feature sets side by side, the numbers that a run computes. One sample is read at a time.
 *
 * @throws {RangeError} If a set is computed from what these settings do not give.
 */
export async function makeTable(
  sets: readonly ClipFeatureSet[],
  { samples, ...parts }: TableInputs,
): Promise<FeatureTable> {
  const sources = await featureSources(parts);
  const columns = sets.map((set) => columnsOf(set, sources, parts.store));
  return {
    columns: KEY_COLUMNS,
    names: columns.flatMap(({ names }) => names),
    keys: samples.map(({ sample }) => rowKey(sample)),
    rows: rowsOf(columns, samples),
  };
}

/**
 * A sequence, a row a frame. One sample is read at a time.
 *
 * @throws {RangeError} If the set is no sequence, or is computed from what these settings do not give.
 */
export async function makeFrameTable(
  set: ClipFeatureSet,
  { samples, ...parts }: TableInputs,
): Promise<FeatureTable> {
  const sources = await featureSources(parts);
  const { names, frameNames, compute } = columnsOf(set, sources, parts.store);
  if (frameNames === undefined) throw new RangeError(`"${set.name}" is no sequence of frames`);
  const frames = names.length / frameNames.length;
  return {
    columns: [...KEY_COLUMNS, "frame"],
    names: frameNames,
    keys: samples.flatMap(({ sample }) =>
      Array.from({ length: frames }, (_, frame) => ({ ...rowKey(sample), frame }))
    ),
    rows: framesOf(compute, samples, frameNames.length),
  };
}

async function* framesOf(
  compute: Column["compute"],
  samples: readonly ExtractedSample[],
  channels: number,
): AsyncGenerator<Float32Array> {
  for (const sample of samples) {
    const data = await compute(sample);
    for (let at = 0; at < data.length; at += channels) yield data.subarray(at, at + channels);
  }
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
    frameNames: set.frames && frameNames(set, source.settings),
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
