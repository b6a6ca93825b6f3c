import { dirname, join } from "node:path";
import type { Clip, SkippedFile } from "../../corpus/clip.ts";
import type { Corpus } from "../../corpus/corpus.ts";
import { chooseMapped } from "../../corpus/label_maps/map_labels.ts";
import { type CorpusFolder, scanFolders } from "../../corpus/scan_folders.ts";
import { rootOf } from "../../corpus/read_listed.ts";
import { readSyntheticManifest } from "../../corpus/synthetic/manifest.ts";
import { ClassError, usableClasses } from "./classes.ts";
import type { RunConfig, RunPlaces } from "../config.ts";
import type { Protocol } from "../../split/protocol.ts";
import { keepCommonLabels } from "./common_labels.ts";
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
  /** The folders, where there are several or the corpus was told. */
  readonly folders?: readonly CorpusFolder[];
  /** Why the corpus is taken for what it is, one line for people. */
  readonly why: string;
  /** What should be known of lists that name clips. */
  readonly warnings: readonly SkippedFile[];
  /** SHA-256 of the files that list clips, by their paths in the folders of the clips. */
  readonly lists: Readonly<Record<string, string>>;
  /** Whether any clip lies in a synthetic corpus. */
  readonly synthetic: boolean;
}

/** Where samples are looked for. */
export type SamplePlaces = Pick<RunPlaces, "data" | "folders" | "corpora" | "landmarks">;

/**
 * The samples that the folders, the filter and the modality give, and of several corpora that are compared only those
 * whose labels all have.
 *
 * @throws {CorpusError} If the folder cannot be used.
 * @throws {LandmarksError} If the folder of landmarks cannot be used.
 * @throws {ClassError} If fewer than two classes have enough clips.
 */
export async function findSamples(
  { filter, labelMap, list, modality }: RunConfig,
  { data, folders: told, corpora, landmarks: landmarksDir }: SamplePlaces,
  { mergeTwins, acrossCorpora }: Pick<Protocol, "mergeTwins" | "acrossCorpora">,
): Promise<FoundSamples> {
  const folders = told ?? [{ dir: data }];
  const scanned = await scanFolders(folders, corpora, list);
  const { corpus, clips, skipped: unused, why = corpus.title } = chooseMapped(
    scanned,
    filter,
    labelMap,
  );
  const where = folders.map(({ dir }) => dir).join(" and ");
  if (clips.length === 0) {
    throw new ClassError(
      scanned.clips.length === 0
        ? `no clip in ${where} has a usable ${corpus.title} name`
        : `none of the ${scanned.clips.length} clips in ${where} passes the filters: widen them`,
      unused,
    );
  }
  const landmarks = landmarksDir === undefined || modality === "audio"
    ? undefined
    : await findLandmarkFiles(landmarksDir, corpus);
  const made = makeSamples(clips, {
    modality,
    mergeTwins,
    landmarks,
    words: corpus.words,
  });
  const common = acrossCorpora
    ? keepCommonLabels(made.samples)
    : { kept: made.samples, skipped: [] };
  const skipped = [...made.skipped, ...common.skipped];
  const { classes, kept, skipped: rare } = usableClasses(
    common.kept,
    (sample) => sample,
    corpus,
    [...unused, ...skipped],
  );
  return {
    corpus,
    folders: scanned.folders ?? told,
    samples: kept,
    classes,
    skipped: [...unused, ...skipped, ...rare],
    why,
    warnings: scanned.warnings ?? [],
    lists: scanned.lists ?? {},
    synthetic: await isSynthetic(folders, clips),
  };
}

/** Looks for the manifest of a synthetic corpus in the clips' folders and all above them. */
async function isSynthetic(
  data: readonly CorpusFolder[],
  clips: readonly Clip[],
): Promise<boolean> {
  const folders = new Set<string>();
  for (
    let folder of [
      ...data.map(({ dir }) => rootOf(dir)),
      ...clips.map(({ path }) => join(path, "..")),
    ]
  ) {
    while (!folders.has(folder)) {
      folders.add(folder);
      folder = dirname(folder);
    }
  }
  for (const folder of folders) if (await readSyntheticManifest(folder)) return true;
  return false;
}
