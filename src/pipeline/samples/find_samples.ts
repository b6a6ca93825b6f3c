import { dirname, join } from "node:path";
import { filterClips } from "../../corpus/filter.ts";
import type { Clip, SkippedFile } from "../../corpus/clip.ts";
import type { Corpus } from "../../corpus/corpus.ts";
import { scanCorpus } from "../../corpus/scan.ts";
import { readSyntheticManifest } from "../../corpus/synthetic/manifest.ts";
import { ClassError, usableClasses } from "./classes.ts";
import type { RunConfig, RunPlaces } from "../config.ts";
import { findLandmarkFiles } from "./find_landmark_files.ts";
import { makeSamples, type Sample } from "./samples.ts";

/** What a folder gives to a run, before any clip is decoded. */
export interface FoundSamples {
  /** The corpus that they are of. */
  readonly corpus: Corpus;
  /** The samples. */
  readonly samples: Sample[];
  /** Names of their classes. */
  readonly classes: string[];
  /** Files that give none, and why. */
  readonly skipped: SkippedFile[];
  /** What should be known of the list that names the clips, where one does. */
  readonly warnings: readonly SkippedFile[];
  /** SHA-256 of the files that list the clips, by their paths in the folder of the clips. */
  readonly lists: Readonly<Record<string, string>>;
  /** Whether any clip lies in a synthetic corpus. */
  readonly synthetic: boolean;
}

/**
 * The samples that the folder, the filter and the modality give.
 *
 * @throws {CorpusError} If the folder cannot be used.
 * @throws {LandmarksError} If the folder of landmarks cannot be used.
 * @throws {ClassError} If fewer than two classes have enough clips.
 */
export async function findSamples(
  { filter, modality, list }: RunConfig,
  { data, corpora, landmarks: landmarksDir }: Pick<RunPlaces, "data" | "corpora" | "landmarks">,
  mergeTwins: boolean,
): Promise<FoundSamples> {
  const scanned = await scanCorpus(data, corpora, list);
  const { corpus } = scanned;
  const clips = filterClips(scanned, filter);
  if (clips.length === 0) {
    throw new ClassError(
      scanned.clips.length === 0
        ? `no clip in ${data} has a usable ${corpus.title} name`
        : `none of the ${scanned.clips.length} clips in ${data} passes the filters: widen them`,
      scanned.skipped,
    );
  }
  const landmarks = landmarksDir === undefined || modality === "audio"
    ? undefined
    : await findLandmarkFiles(landmarksDir, corpus);
  const { samples, skipped } = makeSamples(clips, {
    modality,
    mergeTwins,
    landmarks,
    words: corpus.words,
  });
  const { classes, kept, skipped: rare } = usableClasses(
    samples,
    (sample) => sample,
    corpus,
    [...scanned.skipped, ...skipped],
  );
  return {
    corpus,
    samples: kept,
    classes,
    skipped: [...scanned.skipped, ...skipped, ...rare],
    warnings: scanned.warnings ?? [],
    lists: scanned.lists ?? {},
    synthetic: await isSynthetic(scanned.root, clips),
  };
}

/** Looks for the manifest of a synthetic corpus in the clips' folders and all above them. */
async function isSynthetic(data: string, clips: readonly Clip[]): Promise<boolean> {
  const folders = new Set<string>();
  for (let folder of [data, ...clips.map(({ path }) => join(path, ".."))]) {
    while (!folders.has(folder)) {
      folders.add(folder);
      folder = dirname(folder);
    }
  }
  for (const folder of folders) if (await readSyntheticManifest(folder)) return true;
  return false;
}
