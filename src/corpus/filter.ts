import type { Clip } from "./clip.ts";
import type { ClipFilterOption, Corpus } from "./corpus.ts";
import { CorpusError } from "./corpus_error.ts";
import { parseLabels } from "./parse/parse_labels.ts";
import { parseSpeakers } from "./parse/parse_speakers.ts";
import type { ScannedCorpus } from "./scan.ts";
import { plainSpeaker } from "./speakers.ts";

/**
 * Which clips to keep: the values of each filter of the corpus that pass. A filter that is left out lets
 * every value pass; an empty list lets none.
 */
export type ClipFilter = Readonly<Record<string, readonly (string | number)[] | undefined>>;

/** The filters that every corpus has. */
export const GENERAL_FILTERS: readonly ClipFilterOption[] = [{
  key: "labels",
  flag: "labels",
  description: "labels of any corpus, or of a label map, such as angry,positive",
  reads: "label",
  parse: parseLabels,
}, {
  key: "speakers",
  flag: "speakers",
  description: "speakers, such as 1,2 or 1-4",
  reads: "speaker",
  parse: parseSpeakers,
}];

/** The filters of a corpus: its own, and those that every corpus has. */
export function filterOptions({ filters }: Corpus): ClipFilterOption[] {
  return [...filters, ...GENERAL_FILTERS];
}

/**
 * The clips of a corpus that pass every part of the filter, in their order. `1` and `01` are one value.
 *
 * @throws {CorpusError} If the filter has a part that this corpus lacks.
 *
 * @example
 * ```ts
 * import { filterClips } from "./filter.ts";
 * import { RAVDESS } from "./ravdess/ravdess.ts";
 * import assert from "node:assert/strict";
 *
 * const files = ["01-01-02-01-01-01-01.mp4", "01-01-05-01-01-01-02.mp4"];
 * const { clips } = await RAVDESS.readClips("/data", files);
 * const scanned = { root: "/data", corpus: RAVDESS, clips, skipped: [] };
 * assert.deepEqual(filterClips(scanned, { emotions: ["angry"] }), [clips[1]]);
 * ```
 */
export function filterClips({ root, corpus, clips }: ScannedCorpus, filter: ClipFilter): Clip[] {
  const options = filterOptions(corpus);
  const tests = Object.entries(filter).flatMap(([key, values]) => {
    if (values === undefined) return [];
    const option = options.find((option) => option.key === key);
    if (!option) {
      throw new CorpusError(
        root,
        `clips of ${corpus.title} cannot be chosen by "${key}"; allowed: ` +
          options.map(({ key }) => key).join(", "),
      );
    }
    if (key === "labels") refuseUnknown(root, clips, values);
    return [{
      reads: option.reads,
      wanted: new Set(values.map((value) => plainSpeaker(String(value)))),
    }];
  });
  return clips.filter((clip) =>
    tests.every(({ reads, wanted }) =>
      valuesOf(clip, reads).some((value) => wanted.has(plainSpeaker(value)))
    )
  );
}

/** @throws {CorpusError} If no clip has one of the labels; it names those that there are. */
function refuseUnknown(
  root: string,
  clips: readonly Clip[],
  labels: readonly (string | number)[],
): void {
  const found = new Set(clips.map(({ label }) => label));
  const unknown = labels.find((label) => !found.has(String(label)));
  if (unknown !== undefined && found.size > 0) {
    throw new CorpusError(
      root,
      `no clip has the label "${unknown}"; there are: ${[...found].sort().join(", ")}`,
    );
  }
}

/** What a filter compares; a clip without the attribute passes none. */
function valuesOf(clip: Clip, reads: string): string[] {
  if (reads === "label") return [clip.label];
  if (reads !== "speaker") return [clip.attributes[reads] ?? ""];
  // Where there are several corpora, a speaker may be named with or without the corpus before it.
  const prefix = `${clip.corpus}/`;
  const { speaker } = clip;
  return speaker.startsWith(prefix) ? [speaker, speaker.slice(prefix.length)] : [speaker];
}
