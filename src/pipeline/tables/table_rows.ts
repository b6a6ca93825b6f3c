import { open } from "node:fs/promises";
import { Buffer } from "node:buffer";
import { extname } from "node:path";
import { Readable } from "node:stream";
import { parse } from "csv-parse";
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { readBytes } from "../../runtime/files/read_bytes.ts";
import { decodeSafetensors } from "../../numeric/safetensors.ts";

/** A row of a table as its file has it. */
export interface TableRow {
  /** Where it stands, for messages: `line 3`, `row 2`. */
  readonly at: string;
  /** A value a column: text, a number, a list of numbers, or nothing. */
  readonly values: readonly unknown[];
}

/** A table as its file has it. */
export interface TableRows {
  /** Names of the columns. */
  readonly columns: readonly string[];
  /** The rows, read once and one after the other. */
  readonly rows: AsyncIterable<TableRow>;
  /** Closes the file of a table that is not read to its end. */
  close?(): void;
}

/** Endings of the files that can be read. */
export const TABLE_ENDINGS: readonly string[] = [".csv", ".tsv", ".parquet", ".safetensors"];

/**
 * Opens a table by the ending of its name: CSV or TSV with a header, Parquet, or a safetensors file as `deno task
 * features` writes it (a tensor `features` [rows, width], with the columns `file` ... and the `names` of the features as
 * JSON lists in its metadata). Rows are read one after the other; safetensors files are read whole.
 *
 * @throws {Error} If the file cannot be read, or is nothing of the kind.
 */
export async function openTable(path: string): Promise<TableRows> {
  switch (extname(path).toLowerCase()) {
    case ".csv":
      return await textTable(path, ",");
    case ".tsv":
      return await textTable(path, "\t");
    case ".parquet":
      return await parquetTable(path);
    case ".safetensors":
      return await tensorTable(path);
    default:
      throw new Error(`its name must end in ${TABLE_ENDINGS.join(", ")}`);
  }
}

async function textTable(path: string, delimiter: string): Promise<TableRows> {
  // Opened before it is read: what is not there is said at once.
  const file = await open(path);
  const source = Readable.from(utf8(file.createReadStream()));
  const parser = source.pipe(parse({ bom: true, delimiter, info: true }));
  source.on("error", (error) => parser.destroy(error));
  const records: AsyncIterator<{ record: string[]; info: { lines: number } }> = parser
    [Symbol.asyncIterator]();
  const first = await records.next();
  if (first.done) throw new Error("it is empty");
  return {
    columns: first.value.record,
    rows: {
      async *[Symbol.asyncIterator]() {
        for (let next = await records.next(); !next.done; next = await records.next()) {
          const { record, info } = next.value;
          yield { at: `line ${info.lines}`, values: record };
        }
      },
    },
    close: () => void source.destroy(),
  };
}

/** Bytes that must be UTF-8. */
async function* utf8(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const bytes of stream) yield Buffer.from(decoder.decode(bytes, { stream: true }));
  yield Buffer.from(decoder.decode());
}

async function parquetTable(path: string): Promise<TableRows> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const [root, ...elements] = metadata.schema;
  // The columns are the root's children: what has children itself is followed by them.
  const columns: string[] = [];
  let at = 0;
  for (let child = 0; child < (root.num_children ?? 0); child++) {
    columns.push(elements[at].name);
    for (let open = 1; open > 0; open--, at++) open += elements[at].num_children ?? 0;
  }
  return {
    columns,
    rows: {
      async *[Symbol.asyncIterator]() {
        let rowStart = 0;
        for (const { num_rows } of metadata.row_groups) {
          const rowEnd = rowStart + Number(num_rows);
          const objects = await parquetReadObjects({ file, metadata, rowStart, rowEnd });
          for (const [i, object] of objects.entries()) {
            yield {
              at: `row ${rowStart + i + 1}`,
              values: columns.map((name) => object[name]),
            };
          }
          rowStart = rowEnd;
        }
      },
    },
  };
}

async function tensorTable(path: string): Promise<TableRows> {
  const { tensors: { features }, metadata } = decodeSafetensors(await readBytes(path));
  if (features === undefined || features.shape.length !== 2) {
    throw new Error('it has no tensor "features" [rows, width]');
  }
  const [count, width] = features.shape;
  const { names = "[]", ...lists } = metadata;
  const key = (name: string) => {
    const list: unknown = JSON.parse(lists[name]);
    if (!Array.isArray(list) || list.length !== count) {
      throw new Error(`"${name}" of its metadata is no list of ${count} values`);
    }
    return list;
  };
  const keys = Object.keys(lists).filter((name) => lists[name].startsWith("["))
    .map((name) => [name, key(name)] as const);
  const told: unknown = JSON.parse(names);
  const names_ = Array.isArray(told) && told.length === width
    ? told.map(String)
    : Array.from({ length: width }, (_, i) => `${i}`);
  return {
    columns: [...keys.map(([name]) => name), ...names_],
    rows: {
      async *[Symbol.asyncIterator]() {
        for (let row = 0; row < count; row++) {
          const numbers = features.data.subarray(row * width, (row + 1) * width);
          yield {
            at: `row ${row + 1}`,
            values: [...keys.map(([, list]) => list[row]), ...Array.from(numbers, Number)],
          };
        }
      },
    },
  };
}
