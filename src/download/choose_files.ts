import { extname } from "node:path";
import type { Clip } from "../corpus/clip.ts";
import type { Corpus } from "../corpus/corpus.ts";
import { CorpusError } from "../corpus/corpus_error.ts";
import { type ClipFilter, filterClips, filterOptions } from "../corpus/filter.ts";
import type { ArchiveContents } from "../corpus/published.ts";
import { MEDIA_EXTENSIONS } from "../corpus/scan.ts";
import { plainSpeaker } from "../corpus/speakers.ts";
import type { RunModality } from "../modality.ts";

/** Which files of a corpus are wanted. */
export interface FileChoice {
  /** Filters of the corpus's clips. Default: every clip. */
  readonly filter?: ClipFilter;
  /** What files carry: sound, a silent picture, or both. Default: any. */
  readonly carries?: readonly RunModality[];
}

/** What a clip's file carries, so far as its name tells. */
export function carriedBy({ tracks: { picture, sound } }: Clip): RunModality {
  if (!picture) return "audio";
  return sound === "spoken" ? "av" : "video";
}

/** Whether nothing is chosen: all is wanted. */
function isEverything({ filter = {}, carries }: FileChoice): boolean {
  return carries === undefined && Object.values(filter).every((values) => values === undefined);
}

/**
 * How much of an archive is wanted, by what its name tells: all of it, nothing, or what its directory will show.
 *
 * @throws {CorpusError} If the corpus has no filter of that name.
 */
export function shareOf(
  corpus: Corpus,
  { carries: held, values: known = {} }: ArchiveContents,
  choice: FileChoice,
): "all" | "some" | "none" {
  checkChoice(corpus, choice);
  const wanted: [readonly string[] | undefined, readonly (string | number)[]][] = [];
  if (choice.carries) wanted.push([held, choice.carries]);
  for (const [key, values] of Object.entries(choice.filter ?? {})) {
    if (values === undefined) continue;
    const { reads } = filterOptions(corpus).find((option) => option.key === key)!;
    wanted.push([known[reads], values]);
  }
  const plain = (value: string | number) => plainSpeaker(String(value));
  const shares = wanted.map(([there, values]) => {
    if (there === undefined) return "some";
    const passing = new Set(values.map(plain));
    const count = there.filter((value) => passing.has(plain(value))).length;
    return count === 0 ? "none" : count === there.length ? "all" : "some";
  });
  if (shares.includes("none")) return "none";
  return shares.includes("some") ? "some" : "all";
}

/**
 * The wanted ones of some files, in their order: those of clips that are chosen, and all that are no clips, such
 * as tables. Where nothing is chosen, all.
 *
 * @param root The folder in which they will lie.
 * @param files Their paths in it.
 *
 * @throws {CorpusError} If the corpus has no filter of that name.
 */
export async function chooseFiles(
  corpus: Corpus,
  root: string,
  files: readonly string[],
  choice: FileChoice,
): Promise<string[]> {
  if (isEverything(choice)) return [...files];
  const { labels, ...filter } = choice.filter ?? {};
  const isMedia = (file: string) => MEDIA_EXTENSIONS.has(extname(file).toLowerCase());
  const { clips } = await corpus.readClips(root, files.filter(isMedia));
  const passing = filterClips({ root, corpus, clips, skipped: [] }, filter).filter((clip) =>
    (choice.carries?.includes(carriedBy(clip)) ?? true) && (labels?.includes(clip.label) ?? true)
  );
  const chosen = new Set(passing.map(({ file }) => file));
  return files.filter((file) => chosen.has(file) || !isMedia(file));
}

/**
 * Refuses what no clip of the corpus can be chosen by.
 *
 * @throws {CorpusError} If the corpus has no filter of that name, or no such label.
 */
export function checkChoice(corpus: Corpus, { filter = {} }: FileChoice): void {
  filterClips({ root: corpus.title, corpus, clips: [], skipped: [] }, filter);
  const unknown = filter.labels?.find((label) => !corpus.labels.includes(String(label)));
  if (unknown === undefined) return;
  throw new CorpusError(
    corpus.title,
    `no clip has the label "${unknown}"; there are: ${corpus.labels.join(", ")}`,
  );
}
