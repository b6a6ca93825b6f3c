import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { parse } from "csv-parse";
import { describeFailure } from "../../runtime/describe_failure.ts";
import { CorpusError } from "../corpus_error.ts";
import {
  type BadLine,
  columnsOf,
  DELIMITERS,
  type ListRow,
  ListSyntaxError,
  rowOf,
  SEPARATED,
} from "./list_rows.ts";
import { formatOf } from "./read_rows.ts";

/** What {@linkcode streamRows} gives, one after the other. */
export type StreamedRow =
  | { readonly columns: readonly string[] }
  | ListRow
  | BadLine
  | { readonly sha256: string };

/** Whether a list can be read row by row: its first line names the columns. */
export function isStreamed(path: string): boolean {
  return delimiterOf(path) !== undefined;
}

/**
 * Reads a list as `readRows` does, but a row at a time, so that memory does not grow with it: first its columns, then its
 * rows and the lines that are none, in their order, and last the SHA-256 of the file.
 *
 * @param path Absolute path of the list: .csv or .tsv.
 *
 * @throws {CorpusError} If it cannot be read, or taken apart.
 *
 * @example
 * ```ts
 * import { streamRows } from "./stream_rows.ts";
 * import assert from "node:assert/strict";
 *
 * const path = await Deno.makeTempFile({ suffix: ".csv" });
 * await Deno.writeTextFile(path, "file,label\na.wav,calm\n");
 * const [head, row] = await Array.fromAsync(streamRows(path));
 * assert.deepEqual(head, { columns: ["file", "label"] });
 * assert.deepEqual(row, { line: 2, values: new Map([["file", "a.wav"], ["label", "calm"]]) });
 * await Deno.remove(path);
 * ```
 */
export async function* streamRows(path: string): AsyncGenerator<StreamedRow> {
  const hash = createHash("sha256");
  const parser = parse({
    ...SEPARATED,
    delimiter: delimiterOf(path),
    info: true,
  });
  const feed = async () => {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    try {
      for await (const chunk of createReadStream(path)) {
        hash.update(chunk);
        if (!parser.write(decoder.decode(chunk, { stream: true }))) await once(parser, "drain");
      }
      parser.end(decoder.decode());
    } catch (error) {
      parser.destroy(error as Error);
    }
  };
  const fed = feed();
  let columns: readonly string[] | undefined;
  try {
    for await (const { record, info } of parser) {
      if (columns) {
        const row = rowOf(columns, { record, line: info.lines });
        if (row) yield row;
      } else {
        columns = columnsOf(record);
        yield { columns };
      }
    }
    if (!columns) columnsOf(undefined);
  } catch (error) {
    if (error instanceof TypeError) throw new CorpusError(path, "it is not UTF-8 text");
    const isSyntax = error instanceof ListSyntaxError ||
      (error instanceof Error && "code" in error && String(error.code).startsWith("CSV_"));
    const why = isSyntax
      ? (error as Error).message
      : `it cannot be read: ${describeFailure(error)}`;
    throw new CorpusError(path, why, { cause: error });
  } finally {
    parser.destroy();
  }
  await fed;
  yield { sha256: hash.digest("hex") };
}

function delimiterOf(path: string): string | undefined {
  const format = formatOf(path);
  return format && format !== "jsonl" ? DELIMITERS[format] : undefined;
}
