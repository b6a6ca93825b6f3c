import { parse } from "csv-parse/sync";

/** A line of a list: what stands under each column, as text; what is empty is left out. */
export interface ListRow {
  /** Its line in the file, from 1. */
  readonly line: number;
  /** The values by column. */
  readonly values: ReadonlyMap<string, string>;
}

/** What a list holds. */
export interface ListRows {
  /** Its columns, in their order. */
  readonly columns: readonly string[];
  /** The rows that could be taken apart. */
  readonly rows: readonly ListRow[];
  /** Lines that could not, and why. */
  readonly bad: readonly BadLine[];
}

/** A line that could not be taken apart. */
export interface BadLine {
  /** The line, from 1. */
  readonly line: number;
  /** Why, in words. */
  readonly reason: string;
}

/** Ways to write a list, by the extension of its file. */
export const LIST_FORMATS = ["csv", "tsv", "jsonl"] as const;

/** A way to write a list. */
export type ListFormat = typeof LIST_FORMATS[number];

/** Characters between values; lists of another kind name columns in every line. */
export const DELIMITERS = { csv: ",", tsv: "\t" } as const;

/** A list that cannot be read at all; the message says why, and in which line. */
export class ListSyntaxError extends Error {
  /** The error's class, for logs. */
  override readonly name = "ListSyntaxError";
}

/**
 * Takes a list of clips apart: comma- or tab-separated values with a header (RFC 4180: quotes around values
 * with commas, quotes and line ends), or one JSON object a line. A byte order mark, `\r\n` and empty lines do
 * not matter; blanks around names and values neither.
 *
 * @example
 * ```ts
 * import { listRows } from "./list_rows.ts";
 * import assert from "node:assert/strict";
 *
 * const { columns, rows } = listRows('\ufefffile,label\r\n"a, b.wav",calm\r\n', "csv");
 * assert.deepEqual(columns, ["file", "label"]);
 * assert.equal(rows[0].values.get("file"), "a, b.wav");
 * assert.equal(rows[0].line, 2);
 * ```
 *
 * @throws {ListSyntaxError} If there is no header, a column twice, or a quote that does not end.
 */
export function listRows(text: string, format: ListFormat): ListRows {
  return format === "jsonl" ? jsonRows(text) : separatedRows(text, DELIMITERS[format]);
}

/** The values of one record, and the line in which it ends. */
export interface ParsedRecord {
  /** The values, as many as stand in the line. */
  readonly record: readonly string[];
  /** The line, from 1. */
  readonly line: number;
}

function separatedRows(text: string, delimiter: string): ListRows {
  const [header, ...records] = parseRecords(text, delimiter);
  const columns = columnsOf(header?.record);
  const rows: ListRow[] = [];
  const bad: BadLine[] = [];
  for (const record of records) {
    const row = rowOf(columns, record);
    if (!row) continue;
    if ("values" in row) rows.push(row);
    else bad.push(row);
  }
  return { columns, rows, bad };
}

/**
 * The columns that the first record of a list names.
 *
 * @throws {ListSyntaxError} If there is none, or it names a column twice.
 */
export function columnsOf(header: readonly string[] | undefined): readonly string[] {
  if (!header) throw new ListSyntaxError("it is empty: its first line must name the columns");
  const twice = header.find((name, i) => header.indexOf(name) !== i);
  if (twice !== undefined) throw new ListSyntaxError(`line 1 has the column "${twice}" twice`);
  return header;
}

/** The row of a record under its columns, or what is wrong with it; undefined where it is empty. */
export function rowOf(
  columns: readonly string[],
  { record, line }: ParsedRecord,
): ListRow | BadLine | undefined {
  if (record.every((value) => value === "")) return undefined;
  if (record.length === columns.length) return { line, values: valuesOf(columns, record) };
  const reason = `${record.length} values for ${columns.length} columns (a value with a comma ` +
    "or a tab in it needs quotes around it)";
  return { line, reason };
}

/** How lists of separated values are written. */
export const SEPARATED = {
  bom: true,
  trim: true,
  skip_empty_lines: true,
  // A quote inside a value is the value's; how many values there are is judged here, line by line.
  relax_quotes: true,
  relax_column_count: true,
} as const;

function parseRecords(text: string, delimiter: string): ParsedRecord[] {
  const records: ParsedRecord[] = [];
  try {
    parse(text, {
      ...SEPARATED,
      delimiter,
      on_record: (record: string[], { lines }) => void records.push({ record, line: lines }),
    });
  } catch (error) {
    throw new ListSyntaxError(error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
  return records;
}

function valuesOf(columns: readonly string[], values: readonly string[]): Map<string, string> {
  return new Map(columns.map((name, i) => [name, values[i]] as const).filter(([, v]) => v !== ""));
}

function jsonRows(text: string): ListRows {
  const columns = new Set<string>();
  const rows: ListRow[] = [];
  const bad: BadLine[] = [];
  for (const [i, source] of text.replace(/^\ufeff/, "").split(/\r?\n/).entries()) {
    if (source.trim() === "") continue;
    const line = i + 1;
    const read = jsonValues(source);
    if (typeof read === "string") {
      bad.push({ line, reason: read });
      continue;
    }
    for (const name of read.keys()) columns.add(name);
    rows.push({ line, values: new Map([...read].filter(([, value]) => value !== "")) });
  }
  return { columns: [...columns], rows, bad };
}

/** The values of one JSON object as text, or what is wrong with it. */
function jsonValues(source: string): Map<string, string> | string {
  let object: unknown;
  try {
    object = JSON.parse(source);
  } catch (error) {
    return `no JSON: ${error instanceof Error ? error.message : error}`;
  }
  if (typeof object !== "object" || object === null || Array.isArray(object)) {
    return 'no JSON object, such as {"file": "a.wav", "label": "calm", "speaker": "1"}';
  }
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(object)) {
    if (typeof value === "object" && value !== null) {
      return `"${name}" is neither text nor a number: lists and objects are not read`;
    }
    values.set(name.trim(), value === null ? "" : String(value).trim());
  }
  return values;
}
