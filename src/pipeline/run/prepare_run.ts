import { usableClasses } from "../samples/classes.ts";
import type { ExtractedSample } from "../extract/extract_tools.ts";
import { needsMetBy } from "../extract/feature_sources.ts";
import type { Extraction } from "../extract/extract.ts";
import { extractCorpus } from "../extract/extract_corpus.ts";
import type { RunInputs } from "./find_inputs.ts";
import type { FoldJob } from "../fold/fold.ts";
import type { Results } from "./results.ts";
import type { RunHooks } from "./run_hooks.ts";
import { takesOf } from "../samples/same_content.ts";
import { sampleFeatures } from "../extract/sample_features.ts";
import { wantedSets } from "../extract/wanted_sets.ts";
import { tableFeatures } from "../tables/tabled_samples.ts";
import type { StageClock } from "./stage_clock.ts";
import type { FeatureStore } from "../store/feature_store.ts";

/** What a run learns from: the features of all samples that could be decoded. */
export interface PreparedRun extends RunInputs {
  /** The samples that could be decoded, in the order in which splits and jobs number them. */
  readonly samples: readonly ExtractedSample[];
  /** The take that each sample shows [samples]; copies of one file show one take. */
  readonly takes: readonly string[];
  /** Names of the classes, in the order of class indices. */
  readonly classes: readonly string[];
  /** Features that need no fitting, a matrix [samples, width] each, by name. */
  readonly features: FoldJob["features"];
  /** Where sounds and embeddings are. */
  readonly store: FeatureStore;
  /** Files that did not take part, and files to be careful with; why. */
  readonly notes: Pick<Results["corpus"], "skipped" | "warnings">;
  /** The files that were read. */
  readonly read: FilesRead;
}

/** The files that features were taken from. */
export interface FilesRead {
  /** SHA-256 of every clip that was read, by its path in the folder of the clips. */
  readonly clips: Readonly<Record<string, string>>;
  /** SHA-256 of every landmark file that was read, by its path in the folder of landmarks. */
  readonly landmarks: Readonly<Record<string, string>>;
  /** How many samples had all their features in the store. */
  readonly cached: number;
}

/** What the preparation works with. */
export interface PrepareOptions extends Pick<RunHooks, "onFeatures"> {
  /** Where features are kept. */
  readonly store: FeatureStore;
  /** Measures how long the two stages take. */
  readonly clock: StageClock;
}

/**
 * Decodes and embeds the clips of all samples, or takes that from the store, and computes the features
 * that need no fitting. Clips that fail are named in `notes`; their samples, and classes that have too
 * few samples then, are left out.
 *
 * @throws {ClassError} If fewer than two classes have enough samples left.
 * @throws {NativeDecoderError} If the native decoder is asked for and there is no ffmpeg.
 */
export async function prepareRun(
  inputs: RunInputs,
  { store, clock, onFeatures }: PrepareOptions,
): Promise<PreparedRun> {
  const { config, places, found, networks } = inputs;
  const extraction = await extractCorpus(config, places, {
    samples: found.samples,
    store,
    networks,
    sets: wantedSets(config),
    onProgress: onFeatures,
  });
  clock.end("decoding and embedding");
  const prepared = await prepareExtracted(inputs, extraction, store);
  clock.end("features");
  return prepared;
}

/**
 * What {@linkcode prepareRun} does once clips are decoded and embedded, here or elsewhere.
 *
 * @throws {ClassError} If fewer than two classes have enough samples left.
 */
export async function prepareExtracted(
  inputs: RunInputs,
  extraction: Extraction,
  store: FeatureStore,
): Promise<PreparedRun> {
  const { config, places, found, networks } = inputs;
  const skipped = [...found.skipped, ...extraction.skipped];
  const usable = usableClasses(extraction.extracted, ({ sample }) => sample, found.corpus, skipped);
  const { takes, warnings: copies } = takesOf(usable.kept);
  // Face networks learn from single frames, which are read by position while a fold is fitted.
  if (needsMetBy(config).has("head")) {
    await store.lend(usable.kept.flatMap(({ picture }) => picture ?? []));
  }
  const own = await sampleFeatures({ config, store, networks, earFile: places.ear }, usable.kept);
  const given = tableFeatures(usable.kept.map(({ sample }) => sample), inputs.tables);
  const features = { ...own, ...given };
  return {
    ...inputs,
    samples: usable.kept,
    takes,
    classes: usable.classes,
    features,
    store,
    notes: {
      skipped: [...skipped, ...usable.skipped],
      warnings: [...found.warnings, ...extraction.warnings, ...copies],
    },
    read: {
      clips: extraction.read,
      landmarks: extraction.landmarks,
      cached: extraction.cached,
    },
  };
}
