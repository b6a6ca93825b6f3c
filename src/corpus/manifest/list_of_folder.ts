import { join, relative } from "node:path";
import type { Clip } from "../clip.ts";
import type { ScannedCorpus } from "../scan.ts";

/** A list of clips before it is written. */
export interface FolderList {
  /** Its columns. */
  readonly columns: readonly string[];
  /** The values of each row, by column. */
  readonly rows: readonly Readonly<Record<string, string>>[];
}

/**
 * The list of a corpus that is known: all that its names tell, attributes in alphabetical order.
 *
 * @param folder Absolute path of the folder that the list will lie in: paths are relative to it.
 */
export function listOfCorpus({ corpus, clips }: ScannedCorpus, folder: string): FolderList {
  const attributes = [...new Set(clips.flatMap((clip) => Object.keys(clip.attributes)))].sort();
  const known = ["file", "label", "speaker", "start", "end", "take", "split", "corpus"];
  const rows = clips.map((clip) => ({
    ...clip.attributes,
    file: pathFrom(folder, clip.path),
    label: clip.label,
    speaker: clip.speaker,
    take: clip.take,
    corpus: clip.corpus === "" ? corpus.name : clip.corpus,
    ...sidesOf(clip),
  }));
  const used = known.filter((column) => rows.some((row) => column in row));
  return { columns: [...used, ...attributes.filter((name) => !known.includes(name))], rows };
}

/** What only lists tell of clips. */
function sidesOf({ span, part }: Clip): Record<string, string> {
  return {
    ...(span && { start: String(span.start) }),
    ...(span?.end !== undefined && { end: String(span.end) }),
    ...(part && { split: part }),
  };
}

/**
 * A skeleton of a list: the files, with nothing under label and speaker unless speakers are to be guessed, from the
 * first folder that each file lies in.
 *
 * @param root Absolute path of the folder of the files.
 * @param media The files, relative to it.
 * @param folder Absolute path of the folder that the list will lie in.
 *
 * @example
 * ```ts
 * import { skeletonList } from "./list_of_folder.ts";
 * import assert from "node:assert/strict";
 *
 * const { rows } = skeletonList("/data", ["ann/1.wav"], "/data", { guessSpeakers: true });
 * assert.deepEqual(rows, [{ file: "ann/1.wav", speaker: "ann" }]);
 * ```
 */
export function skeletonList(
  root: string,
  media: readonly string[],
  folder: string,
  { guessSpeakers }: { readonly guessSpeakers: boolean },
): FolderList {
  const rows = media.map((file): Readonly<Record<string, string>> => {
    const [first, ...rest] = file.split("/");
    const path = pathFrom(folder, join(root, file));
    return guessSpeakers && rest.length > 0 ? { file: path, speaker: first } : { file: path };
  });
  return { columns: ["file", "label", "speaker"], rows };
}

function pathFrom(folder: string, path: string): string {
  return relative(folder, path).replaceAll("\\", "/");
}
