import { basename } from "node:path";
import { describeFailure } from "../../runtime/describe_failure.ts";
import { sha256OfFile } from "../extract/sha256_of_file.ts";
import { TableError } from "./table_error.ts";
import { openTable, type TableRow } from "./table_rows.ts";

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

/** Columns that say what a row is of, and what clips are: none is a feature. */
const ABOUT = new Set(["file", "start", "end", "label", "speaker", "take", "split", "corpus"]);

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
  let close: (() => void) | undefined;
  try {
    const sha256 = await sha256OfFile(path);
    const { columns, rows, ...opened } = await openTable(path);
    close = opened.close;
    checkColumns(columns);
    const at = Object.fromEntries(
      ["file", "start", "end"].map((name) => [name, columns.indexOf(name)]),
    );
    let features: number[] | undefined;
    let names: string[] = [];
    const aside: string[] = [];
    const found = new Map<string, number>();
    const parts: Float32Array[] = [];
    for await (const row of rows) {
      if (!features) {
        const kept = columns.keys().filter((c) => !ABOUT.has(columns[c]));
        features = [...kept].filter((c) =>
          isFeature(row.values[c]) || (aside.push(columns[c]), false)
        );
        names = features.flatMap((c) => namesOf(columns[c], row.values[c]));
        if (names.length === 0) throw new Error("it has no column of numbers");
      }
      const key = keyOf(row, at);
      const known = found.get(key);
      if (known !== undefined) {
        throw new Error(`${row.at} is of ${key}, and so is row ${known + 1}`);
      }
      found.set(key, parts.length);
      parts.push(numbersOf(row, features, columns, names));
    }
    if (parts.length === 0) throw new Error("it has no row");
    const data = new Float32Array(parts.length * names.length);
    parts.forEach((part, row) => data.set(part, row * names.length));
    return { file, sha256, names, data, rows: found, aside };
  } catch (error) {
    throw new TableError(path, describeFailure(error), { cause: error });
  } finally {
    close?.();
  }
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

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function isFeature(value: unknown): boolean {
  if (isList(value)) return value.length > 0;
  if (typeof value === "number" || typeof value === "bigint") return true;
  return typeof value === "string" && value.trim() !== "" && !Number.isNaN(Number(value));
}

function namesOf(column: string, value: unknown): string[] {
  return isList(value) ? Array.from(value, (_, i) => `${column}.${i}`) : [column];
}

function numbersOf(
  { at, values }: TableRow,
  features: readonly number[],
  columns: readonly string[],
  names: readonly string[],
): Float32Array {
  const out = new Float32Array(names.length);
  let to = 0;
  for (const column of features) {
    const value = values[column];
    const list = isList(value) ? Array.from(value) : [value];
    for (const one of list) {
      const number = Math.fround(one === null || one === "" ? NaN : Number(one));
      if (!Number.isFinite(number)) {
        const what = one === undefined || one === null || one === "" ? "nothing" : `"${one}"`;
        throw new Error(`${at} has ${what} in "${columns[column]}" where a finite number belongs`);
      }
      if (to < out.length) out[to] = number;
      to++;
    }
  }
  if (to !== names.length) {
    throw new Error(`${at} has ${to} features, those before it ${names.length}`);
  }
  return out;
}
