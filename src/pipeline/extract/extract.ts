import type { BackboneInfo } from "../../../models/backbone.ts";
import { insteadOf, withCopies } from "../../corpus/read_first.ts";
import type { Clip, SkippedFile } from "../../corpus/clip.ts";
import { fileOf } from "../../corpus/span.ts";
import type { DecodedClip, Decoder } from "../../media/decoder.ts";
import { MediaError } from "../../media/media_error.ts";
import { mapConcurrent } from "../../runtime/map_concurrent.ts";
import type { EmbedPool } from "../../vision/embed_pool.ts";
import { LandmarksError } from "../../vision/landmarks/landmarks_error.ts";
import { PICTURE_SIZES, pictureSize } from "../../vision/picture_size.ts";
import type { RunConfig } from "../config.ts";
import { decodeRecording, type RecordingPart } from "./decode_recording.ts";
import { type LandmarkEntry, landmarkEntry } from "./landmark_entry.ts";
import { type ClipPartTracks, type PartProblems, partsByPath } from "./parts_by_path.ts";
import { faceWarnings, pictureTensors } from "./picture_entry.ts";
import type { LandmarkFile, Sample } from "../samples/samples.ts";
import type { FeatureStore, StageKey } from "./store.ts";
import { type Track, TrackKeys, TRACKS } from "./track_keys.ts";

/** A sample whose features lie in the store. */
export interface ExtractedSample {
  /** Whose features they are. */
  readonly sample: Sample;
  /** Store entry of the sound, a tensor `samples`, where the voice is used. */
  readonly sound?: StageKey;
  /**
   * Store entry of the picture, where the face is used: the tensors `embeddings` and `counts` (1 for each
   * frame that shows the judged face), or with the backbone `landmarks` the tensors `landmarks`,
   * `timestamps` and `found`.
   */
  readonly picture?: StageKey;
  /** Whether the sound is silence. */
  readonly silent: boolean;
  /** SHA-256 of each clip that gave something, by file. */
  readonly clips: Readonly<Record<string, string>>;
}

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

/** What the extraction works with. */
export interface ExtractTools {
  /** Where features are kept. */
  readonly store: FeatureStore;
  /** Turns clips into frames and samples. */
  readonly decoder: Decoder;
  /** The backbone's identity, where the face is used. */
  readonly backbone?: BackboneInfo;
  /** Gives the pool that embeds frames; called only when a clip is not in the store yet. */
  readonly embedders: () => Pick<EmbedPool, "embed">;
  /** How many clips are worked on at once. */
  readonly workers: number;
  /** Reports how many samples are done, and how many of them came from the store. */
  readonly onProgress?: (done: number, total: number, cached: number) => void;
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
  const extractor = new Extractor(config, tools, keys, partsByPath(samples));
  let done = 0;
  let cached = 0;
  tools.onProgress?.(0, samples.length, 0);
  // One clip more than there are workers: it is decoded while the others are embedded.
  const all = await mapConcurrent(samples, tools.workers + 1, async (sample) => {
    const { result, fromStore } = await extractor.extract(sample);
    if (result && fromStore) cached++;
    tools.onProgress?.(++done, samples.length, cached);
    return result;
  });
  const byFile = (a: SkippedFile, b: SkippedFile) => a.file < b.file ? -1 : 1;
  return {
    extracted: all.filter((result) => result !== undefined),
    skipped: extractor.skipped.sort(byFile),
    warnings: extractor.warnings.sort(byFile),
    read: sortedRecord(extractor.read),
    landmarks: sortedRecord(extractor.landmarks),
    cached,
  };
}

/** Extracts one sample at a time and gathers what is said about files on the way. */
class Extractor {
  readonly skipped: SkippedFile[] = [];
  readonly warnings: SkippedFile[] = [];
  readonly read = new Map<string, string>();
  readonly landmarks = new Map<string, string>();
  /** Recordings that are decoded or being decoded, by path: what could not be had of their parts. */
  readonly recordings = new Map<string, Promise<PartProblems>>();

  constructor(
    readonly config: RunConfig,
    readonly tools: ExtractTools,
    readonly keys: TrackKeys,
    readonly parts: ReadonlyMap<string, readonly ClipPartTracks[]>,
  ) {}

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
        const wanted = TRACKS.filter((track) => !found[track] && sample[track].includes(root));
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
    const complete = (found.sound || sample.sound.length === 0) &&
      (found.picture || sample.picture.length === 0);
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
      this.skipped.push({ file: clip.file, reason: error.reason });
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
      const missing: Track[] = [];
      for (const track of wanted) if (!await this.tools.store.has(all[track])) missing.push(track);
      fromStore = missing.length === 0;
      const failed = fromStore
        ? []
        : clip.span
        ? await this.#cut(clip)
        : await this.#compute(clip, all, missing);
      for (const track of wanted) if (!failed.includes(track)) keys[track] = all[track];
    } catch (error) {
      if (!(error instanceof MediaError)) throw error;
      this.skipped.push({ file: clip.file, reason: error.reason });
    }
    return { keys, fromStore };
  }

  /**
   * Decodes the `missing` tracks, embeds the picture and writes the entries. Where one track fails the
   * other is taken alone: a clip without sound may still give its picture. Returns what failed.
   *
   * @throws {MediaError} If nothing of the clip can be used.
   */
  async #compute(
    clip: Clip,
    keys: Record<Track, StageKey>,
    missing: readonly Track[],
  ): Promise<Track[]> {
    const { seconds, fps, sampleRate, crop } = this.config;
    const decoded = await this.tools.decoder.decode(clip.path, ({ picture }) => ({
      seconds,
      fps,
      sampleRate,
      partial: true,
      ...(picture ? pictureSize({ crop, ...PICTURE_SIZES[crop] }, picture) : PICTURE_SIZES[crop]),
      sound: missing.includes("sound"),
      picture: missing.includes("picture"),
    }));
    const failed = TRACKS.filter((track) => decoded.problems[track]);
    for (const track of failed) this.#skip(clip, decoded.problems[track]!);
    if (missing.includes("sound") && !failed.includes("sound")) {
      await this.#putSound(keys.sound, decoded);
    }
    if (missing.includes("picture") && !failed.includes("picture")) {
      try {
        await this.#putPicture(clip, keys.picture, decoded, missing.includes("sound"));
      } catch (error) {
        if (!(error instanceof MediaError)) throw error;
        this.#skip(clip, error);
        failed.push("picture");
      }
    }
    return failed;
  }

  /** What fails of a part of a recording, whose parts are all taken when the first of them is needed. */
  async #cut({ path, file }: Clip): Promise<Track[]> {
    const known = this.recordings.get(path);
    const recording = known ?? this.#cutAll(path);
    if (!known) this.recordings.set(path, recording);
    const problems = (await recording).get(file) ?? new Map();
    for (const [, reason] of problems) this.#skip({ path, file }, { reason });
    return [...problems.keys()];
  }

  /** Decodes a recording once and writes the entries of its parts that the store lacks. */
  async #cutAll(path: string): Promise<PartProblems> {
    const problems = new Map<string, Map<Track, string>>();
    const parts: RecordingPart[] = [];
    for (const { clip, tracks } of this.parts.get(path) ?? []) {
      const keys = await this.keys.of(clip);
      const lacks = async (track: Track) =>
        tracks.has(track) && !await this.tools.store.has(keys[track]);
      const [sound, picture] = [await lacks("sound"), await lacks("picture")];
      if (!sound && !picture) continue;
      const found = new Map<Track, string>();
      problems.set(clip.file, found);
      parts.push({
        span: clip.span!,
        ...(sound && { onSound: (part) => this.#putSound(keys.sound, part) }),
        ...(picture && {
          onPicture: async (part) => {
            try {
              await this.#putPicture(clip, keys.picture, { ...part, warnings: [] }, false);
            } catch (error) {
              if (!(error instanceof MediaError)) throw error;
              found.set("picture", error.reason);
            }
          },
        }),
        onProblem: (track, reason) => void found.set(track, reason),
      });
    }
    await decodeRecording(this.tools.decoder, path, parts, this.config);
    return problems;
  }

  async #putSound(
    key: StageKey,
    { samples, silent, warnings }: Pick<DecodedClip, "samples" | "silent" | "warnings">,
  ): Promise<void> {
    await this.tools.store.put(
      key,
      { samples: { shape: [samples.length], data: samples } },
      { silent: String(silent), warning: warnings.join("; ") },
    );
  }

  #skip({ file }: LandmarkFile, { reason }: { readonly reason: string }): void {
    this.skipped.push({ file, reason });
  }

  /** Embeds the picture and writes its entry; what is said of the clip may stand with its sound already. */
  async #putPicture(
    clip: Clip,
    key: StageKey,
    { frames, frameCount: n, width, height, warnings }: Pick<
      DecodedClip,
      "frames" | "frameCount" | "width" | "height" | "warnings"
    >,
    warned: boolean,
  ): Promise<void> {
    const { crop, fps, frameStep, frameFill } = this.config;
    const embedded = await this.tools.embedders().embed({
      frames,
      n,
      width,
      height,
      fps,
      crop,
      frameStep,
      frameFill,
    });
    await this.tools.store.put(
      key,
      pictureTensors(clip, n, embedded, this.config),
      { warning: [...(warned ? [] : warnings), ...faceWarnings(embedded)].join("; ") },
    );
  }
}

function sortedRecord(map: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries([...map].sort(([a], [b]) => a < b ? -1 : 1));
}
