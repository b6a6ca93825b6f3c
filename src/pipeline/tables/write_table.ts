import { rename, rm, writeFile } from "node:fs/promises";
import { extname } from "node:path";
import { csvTable } from "./csv_table.ts";
import type { FeatureTable } from "./feature_table.ts";
import { writeParquetTable } from "./parquet_table.ts";
import { safetensorsTable } from "./safetensors_table.ts";

/** Writes a table to a file. */
type TableWriter = (path: string, table: FeatureTable) => Promise<void>;

/** Formats of tables, by the extension of their files. */
const WRITERS: Readonly<Record<string, TableWriter>> = {
  ".csv": (path, table) => writeFile(path, csvTable(table)),
  ".parquet": writeParquetTable,
  ".safetensors": (path, table) => writeFile(path, safetensorsTable(table)),
};

/** Extensions of the files that tables can be written to. */
export const TABLE_EXTENSIONS: readonly string[] = Object.keys(WRITERS);

/**
 * Writes a table in the format that the extension of its file says. It is written under another name beside
 * it and renamed: whoever opens `path` sees the whole table.
 *
 * @throws {RangeError} If there is no such format.
 *
 * @example
 * ```ts
 * import { KEY_COLUMNS } from "./feature_table.ts";
 * import { writeTable } from "./write_table.ts";
 * import assert from "node:assert/strict";
 *
 * const path = await Deno.makeTempFile({ suffix: ".csv" });
 * const key = { file: "a, b.wav", label: "calm", speaker: "1", take: "x" };
 * const rows = ReadableStream.from([Float32Array.of(0.1, -2)]);
 * await writeTable(path, { columns: KEY_COLUMNS, names: ["peak", "slope"], keys: [key], rows });
 * assert.equal(
 *   await Deno.readTextFile(path),
 *   'file,label,speaker,take,peak,slope\r\n"a, b.wav",calm,1,x,0.1,-2\r\n',
 * );
 * await Deno.remove(path);
 * ```
 */
export async function writeTable(path: string, table: FeatureTable): Promise<void> {
  const writer = WRITERS[extname(path).toLowerCase()];
  if (!writer) {
    throw new RangeError(`${path} is no table: allowed are ${TABLE_EXTENSIONS.join(", ")}`);
  }
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    await writer(temporary, table);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary).catch(() => {});
    throw error;
  }
}
