import { basename } from "node:path";
import { findFeatures, type FoundFeatures, isEmpty, isList } from "./find_features.ts";
import { describeFailure } from "../../runtime/describe_failure.ts";
import { sha256OfFile } from "../extract/sha256_of_file.ts";
import { TableError } from "./table_error.ts";
import { openTable, type TableRow, type TableRows } from "./table_rows.ts";

/** A table of features that somebody else computed, a row a clip. */
export interface GivenTable {
  /** Name of the file. */
  readonly file: string;
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
  /** Names of its features [width]. */
  readonly names: readonly string[];
  /** The numbers of all rows [rows, width]. */
  readonly data: Float32Array;
  /** Row of each clip, by the key that the table gives it. */
  readonly rows: ReadonlyMap<string, number>;
  /** Columns that are no numbers and were left aside. */
  readonly aside: readonly string[];
}

/**
 * Reads a table: the column `file` says which clip a row is of, with `start` and `end` in seconds where it is a part;
 * other columns are features if they are numbers. A list of numbers in one column is as many features. Columns
 * of text are left aside.
 *
 * @throws {TableError} If it cannot be read, has no column `file` or no feature, a row a frame, a clip twice, or a
 * number that is missing or not finite; the message names the line.
 */
export async function readGivenTable(path: string): Promise<GivenTable> {
  const file = basename(path);
  try {
    const sha256 = await sha256OfFile(path);
    const features = await withTable(path, (table) => {
      checkColumns(table.columns);
      return findFeatures(table);
    });
    const { found, parts } = await withTable(path, (table) => readRows(table, features));
    if (parts.length === 0) throw new Error("it has no row");
    const { names, aside } = features;
    if (names.length === 0) throw new Error("it has no column of numbers");
    const data = new Float32Array(parts.length * names.length);
    parts.forEach((part, row) => data.set(part, row * names.length));
    return { file, sha256, names, data, rows: found, aside };
  } catch (error) {
    throw new TableError(path, describeFailure(error), { cause: error });
  }
}

/** Works with a table whose file is closed afterwards. */
async function withTable<T>(path: string, work: (table: TableRows) => Promise<T>): Promise<T> {
  const table = await openTable(path);
  try {
    return await work(table);
  } finally {
    table.close?.();
  }
}

/** The number of each clip's row by its key, and the numbers of each row. */
async function readRows(
  { columns, rows }: TableRows,
  features: FoundFeatures,
): Promise<{ found: Map<string, number>; parts: Float32Array[] }> {
  const at = Object.fromEntries(
    ["file", "start", "end"].map((name) => [name, columns.indexOf(name)]),
  );
  const found = new Map<string, number>();
  const places: string[] = [];
  const parts: Float32Array[] = [];
  for await (const row of rows) {
    const key = keyOf(row, at);
    const known = found.get(key);
    if (known !== undefined) {
      throw new Error(`${row.at} is of ${key}, and so is ${places[known]}`);
    }
    found.set(key, parts.length);
    places.push(row.at);
    parts.push(numbersOf(row, features, columns));
  }
  return { found, parts };
}

function checkColumns(columns: readonly string[]): void {
  if (!columns.includes("file")) {
    throw new Error('it has no column "file", which says what clip a row is of');
  }
  if (columns.includes("frame")) {
    throw new Error(
      "it has a row a frame: a row a clip is needed, such as the means over its frames",
    );
  }
  const twice = columns.find((name, i) => columns.indexOf(name) < i);
  if (twice !== undefined) throw new Error(`it has two columns "${twice}"`);
}

/** What a row is of, as results name clips: `a/b.wav`, or `a/b.wav#t=1.5,3` of a part. */
function keyOf({ at, values }: TableRow, columns: Readonly<Record<string, number>>): string {
  const file = values[columns.file];
  if (typeof file !== "string" || file === "") {
    throw new Error(`${at} does not say what file it is of`);
  }
  const clean = file.replaceAll("\\", "/").replace(/^\.\//, "");
  const [start, end] = [columns.start, columns.end].map((column) => {
    const value = column === undefined || column < 0 ? undefined : values[column];
    return value === undefined || value === null || value === "" ? undefined : Number(value);
  });
  if (start === undefined && end === undefined) return clean;
  if (Number.isNaN(start) || Number.isNaN(end)) {
    throw new Error(`${at} has a start or end that is no number`);
  }
  return `${clean}#t=${start ?? 0}${end === undefined ? "" : `,${end}`}`;
}

function numbersOf(
  { at, values }: TableRow,
  { columns: features, names }: FoundFeatures,
  columns: readonly string[],
): Float32Array {
  const out = new Float32Array(names.length);
  let to = 0;
  for (const column of features) {
    const value = values[column];
    const list = isList(value) ? Array.from(value) : [value];
    for (const one of list) {
      const number = Math.fround(isEmpty(one) ? NaN : Number(one));
      if (!Number.isFinite(number)) {
        const what = isEmpty(one) ? "nothing" : `"${one}"`;
        throw new Error(`${at} has ${what} in "${columns[column]}" where a finite number belongs`);
      }
      if (to < out.length) out[to] = number;
      to++;
    }
  }
  if (to !== names.length) {
    throw new Error(`${at} has ${to} features where ${names.length} belong`);
  }
  return out;
}
