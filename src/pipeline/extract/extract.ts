import { insteadOf, withCopies } from "../../corpus/read_first.ts";
import type { Clip, SkippedFile } from "../../corpus/clip.ts";
import { fileOf } from "../../corpus/span.ts";
import { MediaError } from "../../media/media_error.ts";
import { mapConcurrent } from "../../runtime/map_concurrent.ts";
import { LandmarksError } from "../../vision/landmarks/landmarks_error.ts";
import type { RunConfig } from "../config.ts";
import type { ExtractedSample, ExtractTools } from "./extract_tools.ts";
import { type LandmarkEntry, landmarkEntry } from "./landmark_entry.ts";
import { partsByPath } from "./parts_by_path.ts";
import type { LandmarkFile, Sample } from "../samples/samples.ts";
import type { StageKey } from "../store/stage_key.ts";
import { filesOfTrack, type Track, TrackKeys, TRACKS } from "./track_keys.ts";
import { TrackMaker } from "./track_maker.ts";

/** What the extraction of all samples gave. */
export interface Extraction {
  /** The samples that have all their features. */
  readonly extracted: ExtractedSample[];
  /** Files that could not be used, and why. */
  readonly skipped: SkippedFile[];
  /** Files that were used although something about them is not as it should be. */
  readonly warnings: SkippedFile[];
  /** SHA-256 of every clip that was read, by file, whether it gave anything or not. */
  readonly read: Readonly<Record<string, string>>;
  /** SHA-256 of every landmark file that was read, by file. */
  readonly landmarks: Readonly<Record<string, string>>;
  /** How many samples had all their features in the store. */
  readonly cached: number;
}

/**
 * Decodes the samples' clips and embeds their frames, unless the store has the results already.
 * Works on a few clips at a time, so that memory does not grow with their number. A clip that fails
 * is named in `skipped`; its sample is left out only if no other file of it gives what is missing.
 */
export async function extractSamples(
  samples: readonly Sample[],
  config: RunConfig,
  tools: ExtractTools,
): Promise<Extraction> {
  const keys = await TrackKeys.of(config, tools);
  const extractor = new Extractor(config, tools, keys, samples);
  let done = 0;
  let cached = 0;
  tools.onProgress?.(0, samples.length, 0);
  // One clip more than there are workers: it is decoded while the others are embedded.
  const all = await mapConcurrent(samples, tools.workers + 1, async (sample) => {
    const { result, fromStore } = await extractor.extract(sample);
    if (result) await tools.features?.(result);
    if (result && fromStore) cached++;
    tools.onProgress?.(++done, samples.length, cached);
    return result;
  });
  return inOrder({
    extracted: all.filter((result) => result !== undefined),
    skipped: extractor.skipped,
    warnings: extractor.warnings,
    read: Object.fromEntries(extractor.read),
    landmarks: Object.fromEntries(extractor.landmarks),
    cached,
  });
}

/**
 * What the extraction of all samples gave, of what the extraction of some gave each.
 *
 * @param parts In the order of the samples.
 */
export function joinExtractions(parts: readonly Extraction[]): Extraction {
  return inOrder({
    extracted: parts.flatMap(({ extracted }) => extracted),
    skipped: parts.flatMap(({ skipped }) => skipped),
    warnings: parts.flatMap(({ warnings }) => warnings),
    read: Object.fromEntries(parts.flatMap(({ read }) => Object.entries(read))),
    landmarks: Object.fromEntries(parts.flatMap(({ landmarks }) => Object.entries(landmarks))),
    cached: parts.reduce((sum, { cached }) => sum + cached, 0),
  });
}

/** The same with files in their order, which does not depend on what was done first. */
function inOrder({ skipped, warnings, read, landmarks, ...rest }: Extraction): Extraction {
  return {
    ...rest,
    skipped: skipped.toSorted(byFile),
    warnings: warnings.toSorted(byFile),
    read: sortedRecord(read),
    landmarks: sortedRecord(landmarks),
  };
}

function byFile(a: SkippedFile, b: SkippedFile): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : 0;
}

/** Extracts one sample at a time and gathers what is said about files on the way. */
class Extractor {
  readonly skipped: SkippedFile[] = [];
  readonly warnings: SkippedFile[] = [];
  readonly read = new Map<string, string>();
  readonly landmarks = new Map<string, string>();
  readonly #maker: TrackMaker;

  constructor(
    readonly config: RunConfig,
    readonly tools: ExtractTools,
    readonly keys: TrackKeys,
    samples: readonly Sample[],
  ) {
    const skip = (file: LandmarkFile, why: { readonly reason: string }) => this.#skip(file, why);
    this.#maker = new TrackMaker(config, tools, keys, partsByPath(samples, config), skip);
  }

  /** Takes sound and picture from the first of the sample's files that give them. */
  async extract(
    sample: Sample,
  ): Promise<{ result: ExtractedSample | undefined; fromStore: boolean }> {
    const clips: Record<string, string> = {};
    const found: Partial<Record<Track, StageKey>> = {};
    let fromStore = true;
    let silent = false;
    if (sample.landmarks) {
      const known = await this.#landmarks(sample.landmarks);
      if (!known) return { result: undefined, fromStore: false };
      found.picture = known.key;
      clips[sample.landmarks.file] = known.key.clip;
      fromStore = known.fromStore;
    }
    const roots = new Set([...sample.picture, ...sample.sound]);
    for (const root of roots) {
      const files = withCopies(root);
      for (const clip of files) {
        const wanted = TRACKS.filter((track) =>
          !found[track] && filesOfTrack(sample, track, this.config).includes(root)
        );
        if (wanted.length === 0) break;
        const read = await this.#read(clip, wanted);
        fromStore &&= read.fromStore;
        for (const track of wanted.filter((track) => read.keys[track])) {
          const metadata = await this.tools.store.metadata(read.keys[track]!) ?? {};
          if (track === "sound") silent = metadata.silent === "true";
          if (metadata.warning) this.warnings.push({ file: clip.file, reason: metadata.warning });
          found[track] = read.keys[track];
          clips[clip.file] = read.keys[track]!.clip;
        }
      }
      // Copies that were not needed; those that were tried and failed are named already.
      const used = files.find(({ file }) => Object.hasOwn(clips, file));
      if (!used) continue;
      const unread = files.slice(files.indexOf(used) + 1)
        .filter(({ file }) => !Object.hasOwn(clips, file));
      this.skipped.push(...unread.map((copy) => insteadOf(copy, used)));
    }
    const complete = TRACKS.every((track) =>
      found[track] || filesOfTrack(sample, track, this.config).length === 0
    );
    return { result: complete ? { sample, ...found, silent, clips } : undefined, fromStore };
  }

  /** The entry of a landmark file; undefined where the file is at fault. */
  async #landmarks(clip: LandmarkFile): Promise<LandmarkEntry | undefined> {
    try {
      const entry = await landmarkEntry(this.tools.store, clip, this.config.seconds);
      this.landmarks.set(clip.file, entry.key.clip);
      if (entry.warning) this.warnings.push({ file: clip.file, reason: entry.warning });
      return entry;
    } catch (error) {
      if (!(error instanceof LandmarksError)) throw error;
      this.#skip(clip, error);
    }
  }

  /** The store's entries of a clip's tracks, made where they are not there yet; of what fails there is none. */
  async #read(
    clip: Clip,
    wanted: readonly Track[],
  ): Promise<{ keys: Partial<Record<Track, StageKey>>; fromStore: boolean }> {
    const keys: Partial<Record<Track, StageKey>> = {};
    let fromStore = true;
    try {
      const all = await this.keys.of(clip);
      this.read.set(fileOf(clip), all.sound.clip);
      let missing = await this.#missing(all, wanted);
      let failed: readonly Track[] = [];
      if (missing.length > 0) {
        await using claim = await this.tools.claim?.(fileOf(clip));
        // Whoever was at the clip before may have made them.
        if (claim) missing = await this.#missing(all, wanted);
        fromStore = missing.length === 0;
        if (!fromStore) failed = await this.#maker.make(clip, all, missing);
      }
      for (const track of wanted) if (!failed.includes(track)) keys[track] = all[track];
    } catch (error) {
      if (!(error instanceof MediaError)) throw error;
      this.#skip(clip, error);
    }
    return { keys, fromStore };
  }

  /** The tracks that the store lacks. */
  async #missing(keys: Record<Track, StageKey>, wanted: readonly Track[]): Promise<Track[]> {
    const missing: Track[] = [];
    for (const track of wanted) if (!await this.tools.store.has(keys[track])) missing.push(track);
    return missing;
  }

  #skip({ file }: LandmarkFile, { reason }: { readonly reason: string }): void {
    this.skipped.push({ file, reason });
  }
}

function sortedRecord(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => a < b ? -1 : 1));
}
