import { extname } from "node:path";
import {
  LIST_FORMATS,
  type ListRow,
  type ListRows,
  listRows,
  ListSyntaxError,
} from "../corpus/manifest/list_rows.ts";
import { SplitError } from "./split_error.ts";

/** A file that somebody put on a side of a split. */
export interface SplitEntry {
  /** The file as it is written. */
  readonly file: string;
  /** The fold or set; undefined where the list leaves it open. */
  readonly side: string | undefined;
  /** Where it is written: `line 3 of split.csv`. */
  readonly where: string;
  /** Who speaks, where the list has such a column. */
  readonly speaker?: string;
  /** The take, where the list has such a column. */
  readonly take?: string;
}

/** Where files are that a list does not place by a column of its own. */
export interface SideOptions {
  /**
   * The side of all files, whatever columns there are.
   *
   * @default {that of the list's column}
   */
  readonly side?: string;
  /**
   * The side of all files where no column gives one.
   *
   * @default {such a list is refused}
   */
  readonly otherwise?: string;
}

/** What the column of files may be called, in lower case. */
const FILE_COLUMNS = ["file", "path", "filename", "file_name", "filepath", "file_path", "clip"];
/** What the column of sides may be called, in lower case. */
const SIDE_COLUMNS = ["fold", "split", "set", "partition", "subset"];

/** Lines that an error names; the others are counted. */
const NAMED = 3;

/**
 * Reads a list of files with their folds or sets: a CSV, TSV or JSONL with a column `file` and one of `fold`,
 * `split`, `set`, `partition` and `subset`, and perhaps `speaker` and `take`; or, with any other extension,
 * a list of a file a line, in which blank lines and lines that begin with `#` do not count.
 *
 * @param name Name of the list, by whose extension it is read.
 *
 * @throws {SplitError} If a line cannot be read, there is no file in it, or a column is missing.
 *
 * @example
 * ```ts
 * import { parseSplitList } from "./parse_split_list.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(parseSplitList("file,fold\na.wav,1\nb.wav,\n", "mine.csv"), [
 *   { file: "a.wav", side: "1", where: "line 2 of mine.csv" },
 *   { file: "b.wav", side: undefined, where: "line 3 of mine.csv" },
 * ]);
 * assert.equal(parseSplitList("a.wav\n", "train.txt", { side: "train" })[0].side, "train");
 * assert.throws(() => parseSplitList("file\na.wav\n", "mine.csv"), /no column of folds/);
 * ```
 */
export function parseSplitList(
  text: string,
  name: string,
  options: SideOptions = {},
): SplitEntry[] {
  const format = LIST_FORMATS.find((format) => `.${format}` === extname(name).toLowerCase());
  const entries = format === undefined
    ? plainEntries(text, name, options)
    : tableEntries(readRows(text, name, format), name, options);
  if (entries.length === 0) throw new SplitError(name, "lists no file");
  return entries;
}

function plainEntries(text: string, name: string, options: SideOptions): SplitEntry[] {
  const side = options.side ?? options.otherwise;
  if (side === undefined) {
    throw new SplitError(
      name,
      "a list of files alone tells no fold; allowed: a .csv, .tsv or .jsonl of file and fold, or several lists",
    );
  }
  return text.replace(/^\ufeff/, "").split(/\r?\n/).flatMap((line, i) => {
    const file = line.trim();
    const counts = file !== "" && !file.startsWith("#");
    return counts ? [{ file, side, where: `line ${i + 1} of ${name}` }] : [];
  });
}

function readRows(text: string, name: string, format: typeof LIST_FORMATS[number]): ListRows {
  let read: ListRows;
  try {
    read = listRows(text, format);
  } catch (error) {
    if (!(error instanceof ListSyntaxError)) throw error;
    throw new SplitError(name, error.message, { cause: error });
  }
  refuseLines(name, read.bad);
  return read;
}

function refuseLines(
  name: string,
  bad: readonly { readonly line: number; readonly reason: string }[],
): void {
  if (bad.length === 0) return;
  const named = bad.slice(0, NAMED).map(({ line, reason }) => `line ${line}: ${reason}`);
  const more = bad.length - named.length;
  throw new SplitError(name, `${named.join("; ")}${more > 0 ? `; and ${more} more` : ""}`);
}

function tableEntries(
  { columns, rows }: ListRows,
  name: string,
  options: SideOptions,
): SplitEntry[] {
  const column = (allowed: readonly string[]) =>
    allowed.flatMap((wanted) => columns.filter((name) => name.toLowerCase() === wanted)).at(0);
  const fileColumn = column(FILE_COLUMNS);
  const sideColumn = options.side === undefined ? column(SIDE_COLUMNS) : undefined;
  const missing = (what: string, allowed: readonly string[]) =>
    new SplitError(
      name,
      `no column of ${what} among ${columns.join(", ")}; allowed: ${allowed.join(", ")}`,
    );
  if (fileColumn === undefined) throw missing("files", FILE_COLUMNS);
  const side = options.side ?? options.otherwise;
  if (sideColumn === undefined && side === undefined) throw missing("folds", SIDE_COLUMNS);
  const isEmpty = ({ values }: ListRow) => !values.has(fileColumn);
  refuseLines(name, rows.filter(isEmpty).map(({ line }) => ({ line, reason: "names no file" })));
  const [speakerColumn, takeColumn] = [column(["speaker"]), column(["take"])];
  return rows.map(({ line, values }) => {
    const get = (column: string | undefined) =>
      column === undefined ? undefined : values.get(column);
    const [speaker, take] = [get(speakerColumn), get(takeColumn)];
    return {
      file: values.get(fileColumn) ?? "",
      side: sideColumn === undefined ? side : values.get(sideColumn),
      where: `line ${line} of ${name}`,
      ...(speaker !== undefined && { speaker }),
      ...(take !== undefined && { take }),
    };
  });
}
