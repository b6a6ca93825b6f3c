import { stat } from "node:fs/promises";
import { basename, relative, resolve } from "node:path";
import { isAbsent } from "../../runtime/files/file_problem.ts";
import type { Clip, SkippedFile } from "../clip.ts";
import { withSpan } from "../span.ts";
import { tracksOf } from "../tracks_of.ts";
import type { BadRow, ListedRow } from "./listed_row.ts";

/** What the rows of a list give. */
export interface ClipsOfRows {
  /** The clips, in the order of the rows. */
  readonly clips: readonly Clip[];
  /** The rows that give none, by file, with their place and the reason. */
  readonly skipped: readonly SkippedFile[];
}

/** A row that gave a clip. */
interface UsedRow {
  readonly row: ListedRow;
  readonly clip: Clip;
}

/**
 * The clips that rows tell of, and every row that tells of none, named by its place: its file is not there, it
 * says the same as an earlier row, or something else of one take.
 *
 * Where the rows are of several corpora, speakers and takes are told apart by corpus: two speakers of one name in
 * two corpora are two.
 *
 * @param list Absolute path of the list, for rows that name no file.
 * @param root Absolute path of the folder that paths are relative to.
 * @param name Name of the corpus of rows that state none.
 */
export async function clipsOfRows(
  rows: readonly (ListedRow | BadRow)[],
  { list, root, name }: { readonly list: string; readonly root: string; readonly name: string },
): Promise<ClipsOfRows> {
  const good = rows.filter((row): row is ListedRow => "label" in row);
  const several = new Set(good.map(({ corpus }) => corpus ?? name)).size > 1;
  const absent = await absentFiles(root, good);
  const byName = new Map<string, UsedRow>();
  const byTake = new Map<string, UsedRow>();
  const skipped: SkippedFile[] = [];
  for (const row of rows) {
    const skip = (reason: string) => {
      const file = row.file === undefined ? basename(list) : fileIn(root, row.file);
      skipped.push({ file, reason: `${row.where}: ${reason}` });
    };
    if (!("label" in row)) {
      skip(row.reason);
      continue;
    }
    const clip = clipOf(row, { root, name, several });
    const same = byName.get(clip.name);
    const take = byTake.get(clip.take);
    const why = absent.get(clip.path) ??
      (same ? `the same as ${same.row.where}${differences(clip, same.clip)}` : undefined) ??
      (take && differences(clip, take.clip) !== ""
        ? `of the take "${row.take}" as ${take.row.where}${differences(clip, take.clip)}: give ` +
          "takes names of their own"
        : undefined);
    if (why !== undefined) {
      skip(why);
      continue;
    }
    byName.set(clip.name, { row, clip });
    if (!take) byTake.set(clip.take, { row, clip });
  }
  return { clips: Array.from(byName.values(), ({ clip }) => clip), skipped };
}

function clipOf(
  { file: written, span, label, speaker, take, part, corpus, attributes }: ListedRow,
  { root, name, several }: { root: string; name: string; several: boolean },
): Clip {
  const of = corpus ?? name;
  const file = withSpan(fileIn(root, written), span);
  const apart = (text: string) => several ? `${of}/${text}` : text;
  const clip: Clip = {
    path: resolve(root, written),
    file,
    name: file,
    corpus: of,
    label,
    speaker: apart(speaker),
    take: take === undefined ? file : apart(take),
    tracks: tracksOf(written),
    attributes,
  };
  return { ...clip, ...(span && { span }), ...(part && { part }) };
}

/** A path as results name it. */
function fileIn(root: string, file: string): string {
  return relative(root, resolve(root, file)).replaceAll("\\", "/");
}

/** What two clips that should be the same differ in, in words; nothing where they do not. */
function differences(a: Clip, b: Clip): string {
  const differ = [
    a.label !== b.label ? "label" : "",
    a.speaker !== b.speaker ? "speaker" : "",
    a.part !== b.part ? "split" : "",
  ].filter((what) => what !== "");
  return differ.length === 0 ? "" : `, but with another ${differ.join(" and another ")}`;
}

/** Why the files that cannot be used cannot, by their absolute paths; each file is looked for once. */
async function absentFiles(
  root: string,
  rows: readonly ListedRow[],
): Promise<ReadonlyMap<string, string>> {
  const absent = new Map<string, string>();
  for (const path of new Set(rows.map(({ file }) => resolve(root, file)))) {
    try {
      if (!(await stat(path)).isFile()) absent.set(path, "it is no file");
    } catch (error) {
      absent.set(
        path,
        isAbsent(error)
          ? "there is no such file"
          : `it cannot be read: ${error instanceof Error ? error.message : error}`,
      );
    }
  }
  return absent;
}
