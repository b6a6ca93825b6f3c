import { mapConcurrent } from "../runtime/map_concurrent.ts";
import { CHANNELS, type Emotion, EMOTIONS, MODALITIES, type Modality } from "./ravdess/fields.ts";
import { readFirst } from "./read_first.ts";
import type { Clip, ScannedCorpus, SkippedFile } from "./scan.ts";

/** What an inspection of one clip tells. */
export interface InspectedClip {
  /** Length in seconds. */
  readonly seconds: number;
  /** Whether it has a picture that can be decoded. */
  readonly hasPicture: boolean;
  /** Whether it has sound that can be decoded. */
  readonly hasSound: boolean;
  /** Whether its sound track is nothing but silence. */
  readonly silent: boolean;
  /** Why a track that is there cannot be used. Default: none. */
  readonly problems?: Readonly<Record<string, { readonly reason: string }>>;
  /** What should be known of it although it can be used. Default: nothing. */
  readonly warnings?: readonly string[];
}

/** Looks into one clip; it rejects where the file cannot be read, with a one-line message or `reason`. */
export type InspectClip = (path: string) => Promise<InspectedClip>;

/** How {@linkcode describeCorpus} works. */
export interface DescribeOptions {
  /** How many clips are inspected at once. Default: 1. */
  readonly concurrency?: number;
  /** Whether the clips are drawn and computed: carried into the description. Default: false. */
  readonly synthetic?: boolean;
  /** Told after every clip how many are done, of how many. Default: nobody is told. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** How many files and takes one actor has of one emotion. */
export interface CellCount {
  /** Number of the actor. */
  readonly actor: number;
  /** The emotion. */
  readonly emotion: Emotion;
  /** Number of files. */
  readonly clips: number;
  /** Number of takes; smaller than `clips` where files are twins. */
  readonly performances: number;
}

/** The files that record one take. */
export interface TakeFiles {
  /** The take: the file name without its modality field. */
  readonly performance: string;
  /** Its files, relative to the corpus folder, in the order of their modality codes. */
  readonly files: readonly string[];
}

/** What {@linkcode describeCorpus} found, ready for JSON. */
export interface CorpusDescription {
  /** Name and version of this form. */
  readonly schema: "emofuse.describe/1";
  /** True for the demo's synthetic corpus, which shows no people. */
  readonly synthetic: boolean;
  /** Number of readable clips. */
  readonly clips: number;
  /** Number of takes that they record. */
  readonly performances: number;
  /** Actors, ascending. */
  readonly actors: readonly number[];
  /** Emotions, in RAVDESS's order. */
  readonly emotions: readonly Emotion[];
  /** Number of clips of each modality code. */
  readonly modalities: Readonly<Record<Modality, number>>;
  /** Number of clips of each vocal channel. */
  readonly channels: Readonly<Record<typeof CHANNELS[number], number>>;
  /** One entry for every actor and emotion that both occur, zeros included. */
  readonly counts: readonly CellCount[];
  /** Lengths of the clips in seconds, or null where there is no clip. */
  readonly seconds: {
    /** The shortest. */
    readonly min: number;
    /** The middle one, or the mean of the two middle ones. */
    readonly median: number;
    /** The longest. */
    readonly max: number;
  } | null;
  /** Takes that are there both with sound (`01-`) and as a video-only twin (`02-`). */
  readonly twins: readonly TakeFiles[];
  /** Takes that are there both as video (`01-` or `02-`) and as an audio-only sibling (`03-`). */
  readonly siblings: readonly TakeFiles[];
  /** Files whose sound track is silence. */
  readonly silent: readonly string[];
  /** Files without a sound track although their name promises sound. */
  readonly soundMissing: readonly string[];
  /** Files without a picture although their name promises one. */
  readonly pictureMissing: readonly string[];
  /** Files of which something cannot be used, or is not as it should be. */
  readonly warnings: readonly SkippedFile[];
  /** Files left out: misnamed, doubled or unreadable. */
  readonly skipped: readonly SkippedFile[];
}

/**
 * Looks into every clip and counts what a study should know about a corpus before it splits it: how
 * many clips each actor has of each emotion, how long they are, which files are twins of one take,
 * and which sound tracks are silent. A clip that cannot be read is listed as skipped.
 *
 * @example
 * ```ts
 * import { describeCorpus } from "./describe.ts";
 * import { parseRavdessName, performanceId } from "./ravdess/name.ts";
 * import assert from "node:assert/strict";
 *
 * const clips = ["01-01-02-01-01-01-01.mp4", "02-01-02-01-01-01-01.mp4"].map((file) => {
 *   const name = parseRavdessName(file);
 *   return { path: `/data/${file}`, file, name, performance: performanceId(name) };
 * });
 * const found = await describeCorpus({ clips, skipped: [] }, (path) =>
 *   Promise.resolve({
 *     seconds: 3.5,
 *     hasPicture: true,
 *     hasSound: true,
 *     silent: path.includes("/02-"),
 *   }));
 * assert.equal(found.performances, 1);
 * assert.equal(found.twins.length, 1);
 * assert.deepEqual(found.silent, ["02-01-02-01-01-01-01.mp4"]);
 * ```
 *
 * @throws {RangeError} If `concurrency` is not a whole number of at least 1.
 */
export async function describeCorpus(
  corpus: ScannedCorpus,
  inspect: InspectClip,
  options: DescribeOptions = {},
): Promise<CorpusDescription> {
  const { concurrency = 1, synthetic = false, onProgress } = options;
  let done = 0;
  const outcomes = await mapConcurrent(corpus.clips, concurrency, async (clip) => {
    const outcome = await readFirst(clip, ({ path }) => inspect(path));
    onProgress?.(++done, corpus.clips.length);
    return outcome;
  });
  const readable = outcomes.flatMap(({ read }) =>
    read ? [{ clip: read.clip, info: read.value }] : []
  );
  const warnings = readable.flatMap(({ clip: { file }, info }) =>
    [...Object.values(info.problems ?? {}).map(({ reason }) => reason), ...info.warnings ?? []]
      .map((reason) => ({ file, reason }))
  );
  const skipped = [...corpus.skipped, ...outcomes.flatMap((outcome) => outcome.skipped)]
    .sort((a, b) => a.file < b.file ? -1 : a.file > b.file ? 1 : 0);
  return { schema: "emofuse.describe/1", synthetic, ...count(readable), warnings, skipped };
}

function count(
  readable: readonly { clip: Clip; info: InspectedClip }[],
): Omit<CorpusDescription, "schema" | "synthetic" | "warnings" | "skipped"> {
  const clips = readable.map(({ clip }) => clip);
  const takes = Map.groupBy(clips, (clip) => clip.performance);
  const actors = [...new Set(clips.map(({ name }) => name.actor))].sort((a, b) => a - b);
  const emotions = EMOTIONS.filter((emotion) => clips.some(({ name }) => name.emotion === emotion));
  const counts = actors.flatMap((actor) =>
    emotions.map((emotion) => {
      const cell = clips.filter(({ name }) => name.actor === actor && name.emotion === emotion);
      const performances = new Set(cell.map((clip) => clip.performance)).size;
      return { actor, emotion, clips: cell.length, performances };
    })
  );
  const takesWith = (...wanted: Modality[][]) =>
    [...takes].filter(([_, files]) =>
      wanted.every((anyOf) => files.some(({ name }) => anyOf.includes(name.modality)))
    ).map(([performance, files]) => ({ performance, files: files.map(({ file }) => file) }));
  const filesWhere = (test: (clip: Clip, info: InspectedClip) => boolean) =>
    readable.filter(({ clip, info }) => test(clip, info)).map(({ clip }) => clip.file);
  return {
    clips: clips.length,
    performances: takes.size,
    actors,
    emotions,
    modalities: tally(MODALITIES, clips.map(({ name }) => name.modality)),
    channels: tally(CHANNELS, clips.map(({ name }) => name.channel)),
    counts,
    seconds: spread(readable.map(({ info }) => info.seconds)),
    twins: takesWith(["audio-video"], ["video-only"]),
    siblings: takesWith(["audio-video", "video-only"], ["audio-only"]),
    silent: filesWhere((_, info) => info.hasSound && info.silent),
    soundMissing: filesWhere(({ name }, info) => name.modality !== "video-only" && !info.hasSound),
    pictureMissing: filesWhere(({ name }, info) =>
      name.modality !== "audio-only" && !info.hasPicture
    ),
  };
}

function tally<T extends string>(keys: readonly T[], values: readonly T[]): Record<T, number> {
  const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<T, number>;
  for (const value of values) counts[value]++;
  return counts;
}

function spread(values: number[]): CorpusDescription["seconds"] {
  if (values.length === 0) return null;
  const sorted = values.sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return {
    min: sorted[0],
    median: (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2,
    max: sorted[sorted.length - 1],
  };
}
