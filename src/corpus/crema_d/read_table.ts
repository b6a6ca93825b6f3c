import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileProblem } from "../../runtime/files/file_problem.ts";
import { CorpusError } from "../corpus_error.ts";

/** Folders, seen from that of the clips and from the one above it, in which tables lie. */
const NEAR = ["", "processedResults"];

/** One row of a table: its fields by the names of their columns. */
export type TableRow = Readonly<Record<string, string>>;

/**
 * A table that is published beside the clips of CREMA-D, looked for in their folder, in the one above it,
 * and in `processedResults` in either.
 *
 * @param root Absolute path of the folder of the clips.
 * @param name File name of the table.
 * @param columns Columns that it must have.
 * @returns Its rows, or undefined where there is no such file.
 *
 * @throws {CorpusError} If the file is there and cannot be read, or lacks a column.
 */
export async function readTableNear(
  root: string,
  name: string,
  columns: readonly string[],
): Promise<TableRow[] | undefined> {
  const folders = [root, dirname(root)].flatMap((dir) => NEAR.map((near) => join(dir, near)));
  for (const folder of folders) {
    const file = join(folder, name);
    const text = await readIfThere(file);
    if (text === undefined) continue;
    const [header = [], ...rows] = text.replace(/^\uFEFF/, "").split(/\r?\n/)
      .filter((line) => line !== "").map(fieldsOf);
    const lacking = columns.find((column) => !header.includes(column));
    if (lacking !== undefined) throw new CorpusError(file, `has no column "${lacking}"`);
    return rows.map((row) => Object.fromEntries(header.map((key, i) => [key, row[i] ?? ""])));
  }
  return undefined;
}

/** The fields of a line; these tables quote theirs, and have no line break in a field. */
function fieldsOf(line: string): string[] {
  return Array.from(
    line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g),
    ([, quoted, plain]) => quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'),
  );
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    // The folder above may be one that nobody was allowed to look into.
    if (fileProblem(error) !== undefined) return undefined;
    throw new CorpusError(file, "cannot be read", { cause: error });
  }
}
