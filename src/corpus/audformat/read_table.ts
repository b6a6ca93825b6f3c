import { createHash } from "node:crypto";
import { join } from "node:path";
import { parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { readBytes } from "../../runtime/files/read_bytes.ts";
import { isMissing } from "../../runtime/files/file_problem.ts";
import { CorpusError } from "../corpus_error.ts";
import { listRows } from "../manifest/list_rows.ts";
import type { AudTable } from "./header.ts";
import { secondsOf } from "./seconds_of.ts";

/** A row of a table. */
export interface AudRow {
  /** Where it stands, for messages: `line 3 of db.files.csv`, or `row 2 of db.files.parquet`. */
  readonly where: string;
  /** Its values by column as text; what is missing is left out. */
  readonly values: ReadonlyMap<string, string>;
}

/** What a table's file holds. */
export interface AudRows {
  /** Name of the file. */
  readonly file: string;
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
  /** Its rows. The columns `start` and `end` are in seconds. */
  readonly rows: readonly AudRow[];
}

/** What pandas says of a table's columns in a parquet file. */
interface PandasMetadata {
  readonly columns?: readonly { readonly name?: string; readonly numpy_type?: string }[];
}

/**
 * Reads the file of a table: `db.NAME.parquet`, or else `db.NAME.csv`, as audformat itself does.
 *
 * @param root Absolute path of the database's folder.
 *
 * @throws {CorpusError} If there is neither, or it cannot be read.
 */
export async function readTable(root: string, { name, type }: AudTable): Promise<AudRows> {
  for (const extension of ["parquet", "csv"]) {
    const file = `db.${name}.${extension}`;
    try {
      const bytes = await readBytes(join(root, file));
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const read = extension === "csv" ? csvRows(bytes) : await parquetRows(bytes);
      const rows = read.map(({ at, values }) => ({
        where: `${at} of ${file}`,
        values: type === "segmented" ? values : wholeFiles(values),
      }));
      return { file, sha256, rows };
    } catch (error) {
      if (isMissing(error)) continue;
      const why = error instanceof Error ? error.message : error;
      throw new CorpusError(join(root, file), `it cannot be read: ${why}`, { cause: error });
    }
  }
  throw new CorpusError(root, `its table "${name}" has no file db.${name}.parquet or .csv`);
}

interface ReadRow {
  readonly at: string;
  readonly values: Map<string, string>;
}

/** Only rows of segmented tables are parts: columns of these names mean something else elsewhere. */
function wholeFiles(values: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...values].filter(([name]) => name !== "start" && name !== "end"));
}

function csvRows(bytes: Uint8Array): ReadRow[] {
  const { rows, bad } = listRows(new TextDecoder("utf-8", { fatal: true }).decode(bytes), "csv");
  const [broken] = bad;
  if (broken) throw new Error(`line ${broken.line}: ${broken.reason}`);
  return rows.map(({ line, values }) => ({
    at: `line ${line}`,
    values: new Map([...values].map(([name, value]) => {
      const isTime = name === "start" || name === "end";
      return [name, isTime ? String(secondsOf(value) ?? value) : value];
    })),
  }));
}

async function parquetRows(bytes: Uint8Array<ArrayBuffer>): Promise<ReadRow[]> {
  // A buffer of these bytes alone, whatever they were read into.
  const { buffer } = bytes.slice();
  const { key_value_metadata = [] } = await parquetMetadataAsync(buffer);
  const pandas = key_value_metadata.find(({ key }) => key === "pandas")?.value;
  const units = unitsOf(pandas === undefined ? {} : JSON.parse(pandas));
  const rows = await parquetReadObjects({ file: buffer });
  return rows.map((row, i) => ({
    at: `row ${i + 1}`,
    values: new Map(
      Object.entries(row).flatMap(([name, value]) => {
        const text = textOf(value, units.get(name));
        return text === undefined ? [] : [[name, text] as const];
      }),
    ),
  }));
}

/** How many seconds one of a column of durations is, which parquet keeps as whole numbers. */
function unitsOf({ columns = [] }: PandasMetadata): ReadonlyMap<string, number> {
  const seconds: Readonly<Record<string, number>> = { s: 1, ms: 1e3, us: 1e6, ns: 1e9 };
  return new Map(columns.flatMap(({ name, numpy_type = "" }) => {
    const unit = /^timedelta64\[(.*)\]$/.exec(numpy_type)?.[1];
    return name === undefined || unit === undefined ? [] : [[name, seconds[unit]] as const];
  }));
}

function textOf(value: unknown, unit: number | undefined): string | undefined {
  if (value === null || value === undefined || Number.isNaN(value)) return undefined;
  if (unit !== undefined) return String(Number(value) / unit);
  return value instanceof Date ? value.toISOString() : String(value);
}
