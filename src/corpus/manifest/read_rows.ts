import { createHash } from "node:crypto";
import { extname } from "node:path";
import { readBytes } from "../../runtime/files/read_bytes.ts";
import { CorpusError } from "../corpus_error.ts";
import { describeFailure } from "../../runtime/describe_failure.ts";
import {
  LIST_FORMATS,
  type ListFormat,
  type ListRows,
  listRows,
  ListSyntaxError,
} from "./list_rows.ts";

/** What a file that lists clips holds. */
export interface ReadRows extends ListRows {
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
}

/** Whether a file is a list of clips, going by its extension. */
export function isManifest(file: string): boolean {
  return formatOf(file) !== undefined;
}

/** How a list is written, going by its extension; undefined where the file is none. */
export function formatOf(file: string): ListFormat | undefined {
  return LIST_FORMATS.find((format) => extname(file).toLowerCase() === `.${format}`);
}

/**
 * Reads the rows of a list of clips, whatever they say.
 *
 * @param path Absolute path of the list: .csv, .tsv or .jsonl.
 *
 * @throws {CorpusError} If it cannot be read, or taken apart.
 */
export async function readRows(path: string): Promise<ReadRows> {
  const format = formatOf(path);
  if (format === undefined) throw new CorpusError(path, "no list of clips by its extension");
  try {
    const bytes = await readBytes(path);
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return { ...listRows(text, format), sha256 };
  } catch (error) {
    if (error instanceof ListSyntaxError) throw new CorpusError(path, error.message);
    if (error instanceof TypeError) throw new CorpusError(path, "it is not UTF-8 text");
    throw new CorpusError(path, `it cannot be read: ${describeFailure(error)}`, { cause: error });
  }
}
