import { basename } from "node:path";
import type { ClipSpan } from "../clip.ts";
import { CorpusError } from "../corpus_error.ts";
import { type BadRow, spanOf } from "./listed_row.ts";
import { readRows } from "./read_rows.ts";

/** A file, or a part of one, that a list names. */
export interface ListedFile {
  /** Where it stands, for messages: `line 3 of clips.csv`. */
  readonly where: string;
  /** Path of the file as the list has it. */
  readonly file: string;
  /**
   * The part of the file.
   *
   * @default {all of it}
   */
  readonly span?: ClipSpan;
}

/**
 * Reads which files, or parts of files, a list names: its columns `file` and, where it has them, `start` and `end` in
 * seconds. Whatever else it has does not matter, so that lists without labels can be read, too.
 *
 * @param path Absolute path of the list: .csv, .tsv or .jsonl.
 * @returns What each row names, or why it names nothing, in the order of the list.
 *
 * @throws {CorpusError} If the list cannot be read, or has no column `file`.
 *
 * @example
 * ```ts
 * import { listedFiles } from "./listed_files.ts";
 * import assert from "node:assert/strict";
 *
 * const dir = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${dir}/clips.csv`, "file,start,end\na.wav,1,2.5\nb.wav,x,\n");
 * assert.deepEqual(await listedFiles(`${dir}/clips.csv`), [
 *   { where: "line 2 of clips.csv", file: "a.wav", span: { start: 1, end: 2.5 } },
 *   {
 *     where: "line 3 of clips.csv",
 *     file: "b.wav",
 *     reason: '"start" is "x", not a number of seconds such as 12.5',
 *   },
 * ]);
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function listedFiles(path: string): Promise<(ListedFile | BadRow)[]> {
  const { columns, rows, bad } = await readRows(path);
  if (!columns.includes("file")) {
    const has = columns.length === 0 ? "none" : columns.map((name) => `"${name}"`).join(", ");
    throw new CorpusError(path, `no column "file"; it has ${has}`);
  }
  const at = (line: number) => `line ${line} of ${basename(path)}`;
  const good = rows.map(({ line, values }) => ({ line, row: rowOf(at(line), values) }));
  const broken = bad.map(({ line, reason }) => ({ line, row: { where: at(line), reason } }));
  return [...good, ...broken].sort((a, b) => a.line - b.line).map(({ row }) => row);
}

function rowOf(where: string, values: ReadonlyMap<string, string>): ListedFile | BadRow {
  const file = values.get("file");
  if (file === undefined) return { where, reason: 'no "file"' };
  const span = spanOf(values);
  if (typeof span === "string") return { where, file, reason: span };
  return span ? { where, file, span } : { where, file };
}
