import { mapConcurrent } from "../runtime/map_concurrent.ts";
import type { Clip, ClipSpan, SkippedFile } from "./clip.ts";
import type { Corpus } from "./corpus.ts";
import { withOldNames } from "./old_names.ts";
import { orderLabels } from "./order_labels.ts";
import { readFirst } from "./read_first.ts";
import type { ScannedCorpus } from "./scan.ts";
import { whyBeyond } from "./span.ts";
import { distinctSpeakers } from "./speakers.ts";
import type { CorpusWords } from "./words.ts";

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

/** How many files and takes one speaker has of one label. */
export interface CellCount {
  /** The speaker. */
  readonly speaker: string;
  /** The label. */
  readonly label: string;
  /** Number of files. */
  readonly clips: number;
  /** Number of takes; smaller than `clips` where files are twins. */
  readonly takes: number;
}

/** The files that record one take. */
export interface TakeFiles {
  /** The take. */
  readonly take: string;
  /** Its files, relative to the corpus folder, in the order of their names. */
  readonly files: readonly string[];
}

/** What a file holds, going by its name. */
export type ClipKind = "audio-video" | "video-only" | "audio-only";

/**
 * What {@linkcode describeCorpus} found, ready for JSON. Where the corpus has old names for fields, they
 * stand beside these.
 */
export interface CorpusDescription {
  /** Name and version of this form. */
  readonly schema: "emofuse.describe/1";
  /** Name of the corpus, as the registry has it. */
  readonly corpus: string;
  /** The corpus's name for people. */
  readonly title: string;
  /** What the corpus calls speakers, takes and labels. */
  readonly words: CorpusWords;
  /** True for the demo's synthetic corpus, which shows no people. */
  readonly synthetic: boolean;
  /** Number of readable clips. */
  readonly clips: number;
  /** Number of takes that they record. */
  readonly takes: number;
  /** Speakers, ascending. */
  readonly speakers: readonly string[];
  /** Labels, in the corpus's order. */
  readonly labels: readonly string[];
  /** Number of clips of each kind: a picture that comes with silence is a video alone. */
  readonly modalities: Readonly<Record<ClipKind, number>>;
  /** Number of clips of each value, for the attributes that the corpus counts. */
  readonly attributes: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** One entry for every speaker and label that both occur, zeros included. */
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
  /** Takes that are there both as video with sound and as a video-only twin. */
  readonly twins: readonly TakeFiles[];
  /** Takes that are there both as video and as an audio-only sibling. */
  readonly siblings: readonly TakeFiles[];
  /** Files whose sound track is silence. */
  readonly silent: readonly string[];
  /** Those of them whose name promises a voice. */
  readonly silentUnexpected: readonly string[];
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
 * many clips each speaker has of each label, how long they are, which files are twins of one take,
 * and which sound tracks are silent. A clip that cannot be read is listed as skipped.
 *
 * @example
 * ```ts
 * import { describeCorpus } from "./describe.ts";
 * import { RAVDESS } from "./ravdess/ravdess.ts";
 * import assert from "node:assert/strict";
 *
 * const files = ["01-01-02-01-01-01-01.mp4", "02-01-02-01-01-01-01.mp4"];
 * const read = await RAVDESS.readClips("/data", files);
 * const found = await describeCorpus({ root: "/data", corpus: RAVDESS, ...read }, (path) =>
 *   Promise.resolve({
 *     seconds: 3.5,
 *     hasPicture: true,
 *     hasSound: true,
 *     silent: path.includes("/02-"),
 *   }));
 * assert.equal(found.takes, 1);
 * assert.equal(found.twins.length, 1);
 * assert.deepEqual(found.silent, ["02-01-02-01-01-01-01.mp4"]);
 * ```
 *
 * @throws {RangeError} If `concurrency` is not a whole number of at least 1.
 */
export async function describeCorpus(
  { corpus, clips, skipped: unnamed }: ScannedCorpus,
  inspect: InspectClip,
  options: DescribeOptions = {},
): Promise<CorpusDescription> {
  const { concurrency = 1, synthetic = false, onProgress } = options;
  let done = 0;
  const whole = inspectOnce(inspect);
  const outcomes = await mapConcurrent(clips, concurrency, async (clip) => {
    const outcome = await readFirst(
      clip,
      async ({ path, span }) => partOf(await whole(path), span),
    );
    onProgress?.(++done, clips.length);
    return outcome;
  });
  const readable = outcomes.flatMap(({ read }) =>
    read ? [{ clip: read.clip, info: read.value }] : []
  );
  const warnings = readable.flatMap(({ clip: { file }, info }) =>
    [...Object.values(info.problems ?? {}).map(({ reason }) => reason), ...info.warnings ?? []]
      .map((reason) => ({ file, reason }))
  );
  const skipped = [...unnamed, ...outcomes.flatMap((outcome) => outcome.skipped)]
    .sort((a, b) => a.file < b.file ? -1 : a.file > b.file ? 1 : 0);
  const { name, title, words } = corpus;
  return withOldNames({
    schema: "emofuse.describe/1",
    corpus: name,
    title,
    words,
    synthetic,
    ...count(readable, corpus),
    warnings,
    skipped,
  }, corpus.oldNames);
}

/** Looks into each file once, however many parts it has. */
function inspectOnce(inspect: InspectClip): InspectClip {
  const known = new Map<string, Promise<InspectedClip>>();
  return (path) => {
    const found = known.get(path) ?? inspect(path);
    known.set(path, found);
    return found;
  };
}

/** What is known of a part of a recording; that all of it is silent says so of its parts, no more. */
function partOf(info: InspectedClip, span: ClipSpan | undefined): InspectedClip {
  if (!span) return info;
  const { start, end = info.seconds } = span;
  const reason = whyBeyond(span, info.seconds, "file");
  if (reason !== undefined) throw new Error(reason);
  return { ...info, seconds: Math.min(end, info.seconds) - start };
}

function count(
  readable: readonly { clip: Clip; info: InspectedClip }[],
  { labels: stated, counted, oldNames }: Corpus,
): Omit<
  CorpusDescription,
  "schema" | "corpus" | "title" | "words" | "synthetic" | "warnings" | "skipped"
> {
  const clips = readable.map(({ clip }) => clip);
  const byTake = Map.groupBy(clips, ({ take }) => take);
  const speakers = distinctSpeakers(clips.map(({ speaker }) => speaker));
  const labels = orderLabels(clips.map(({ label }) => label), stated);
  const counts = speakers.flatMap((speaker) =>
    labels.map((label) => {
      const cell = clips.filter((clip) => clip.speaker === speaker && clip.label === label);
      const takes = new Set(cell.map(({ take }) => take)).size;
      return withOldNames({ speaker, label, clips: cell.length, takes }, oldNames);
    })
  );
  const attributes = Object.fromEntries(
    counted.map(({ key, attribute, values }) => [
      key,
      tally(values, clips.map((clip) => clip.attributes[attribute])),
    ]),
  );
  const takesWith = (...wanted: ClipKind[][]) =>
    [...byTake].filter(([_, files]) =>
      wanted.every((anyOf) => files.some((clip) => anyOf.includes(kindOf(clip))))
    ).map(([take, files]) =>
      withOldNames({ take, files: files.map(({ file }) => file) }, oldNames)
    );
  const filesWhere = (test: (clip: Clip, info: InspectedClip) => boolean) =>
    readable.filter(({ clip, info }) => test(clip, info)).map(({ clip }) => clip.file);
  return {
    clips: clips.length,
    takes: byTake.size,
    speakers,
    labels,
    modalities: tally(KINDS, clips.map(kindOf)),
    // Where they stood before there was any other corpus.
    ...(oldNames ? attributes : {}),
    attributes,
    counts,
    seconds: spread(readable.map(({ info }) => info.seconds)),
    twins: takesWith(["audio-video"], ["video-only"]),
    siblings: takesWith(["audio-video", "video-only"], ["audio-only"]),
    silent: filesWhere((_, info) => info.hasSound && info.silent),
    silentUnexpected: filesWhere(({ tracks }, info) =>
      info.hasSound && info.silent && tracks.sound !== "silent"
    ),
    soundMissing: filesWhere(({ tracks }, info) => tracks.sound === "spoken" && !info.hasSound),
    pictureMissing: filesWhere(({ tracks }, info) => tracks.picture && !info.hasPicture),
  };
}

/** The kinds of files, in the order of descriptions. */
const KINDS: readonly ClipKind[] = ["audio-video", "video-only", "audio-only"];

function kindOf({ tracks: { picture, sound } }: Clip): ClipKind {
  if (!picture) return "audio-only";
  return sound === "spoken" ? "audio-video" : "video-only";
}

/** How often each key occurs, zeros included; values that are no key are not counted. */
function tally<T extends string>(
  keys: readonly T[],
  values: readonly (string | undefined)[],
): Record<T, number> {
  return Object.fromEntries(
    keys.map((key) => [key, values.filter((value) => value === key).length]),
  ) as Record<T, number>;
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
