import { basename, dirname } from "node:path";
import type { Clip, SkippedFile } from "../clip.ts";
import type { Corpus } from "../corpus.ts";
import { CorpusError } from "../corpus_error.ts";
import type { ListChoice } from "./list_choice.ts";
import { clipsOfRows } from "./clips_of_rows.ts";
import { LIST_FORMATS } from "./list_rows.ts";
import { LIST_NAME, listedCorpus } from "./listed_corpus.ts";
import { listedRow, ownColumns } from "./listed_row.ts";
import { isManifest, readRows } from "./read_rows.ts";

/** What a list of clips gives. */
export interface ReadList {
  /** Absolute path of the folder that names of files are relative to. */
  readonly root: string;
  /** The corpus that the list makes. */
  readonly corpus: Corpus;
  /** The clips, in the order of the list. */
  readonly clips: readonly Clip[];
  /** Rows that give none, and why. */
  readonly skipped: readonly SkippedFile[];
  /** What should be known of the list although it can be used. */
  readonly warnings: readonly SkippedFile[];
  /** SHA-256 of the files that make up the list, hexadecimal, by their paths relative to `root`. */
  readonly lists: Readonly<Record<string, string>>;
}

/**
 * Reads a list of clips: a row a clip with `file`, `label` and `speaker`, and optionally `start` and `end` in
 * seconds, `take`, `split`, `corpus`, `sex`, `age`, `language` and any other column. Paths are relative to the
 * list. A row that cannot be used is named by its line with the reason; the others run.
 *
 * @param path Absolute path of the list: .csv, .tsv or .jsonl.
 *
 * @throws {CorpusError} If the list cannot be read, or lacks a column that it must have.
 *
 * @example
 * ```ts
 * import { readManifest } from "./read_manifest.ts";
 * import assert from "node:assert/strict";
 *
 * const dir = await Deno.makeTempDir();
 * await Deno.writeFile(`${dir}/a.wav`, new Uint8Array());
 * await Deno.writeTextFile(`${dir}/clips.csv`, "file,label,speaker\na.wav,calm,1\nb.wav,sad,2\n");
 * const { clips, skipped } = await readManifest(`${dir}/clips.csv`);
 * assert.deepEqual(clips.map(({ file, label }) => [file, label]), [["a.wav", "calm"]]);
 * assert.deepEqual(skipped, [{
 *   file: "b.wav",
 *   reason: "line 3 of clips.csv: there is no such file",
 * }]);
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function readManifest(path: string, choice: ListChoice = {}): Promise<ReadList> {
  if (!isManifest(path)) {
    const allowed = LIST_FORMATS.map((format) => `.${format}`).join(", ");
    throw new CorpusError(path, `not a folder, and no list of clips by its extension (${allowed})`);
  }
  if (choice.table !== undefined) {
    throw new CorpusError(path, `a list has no tables, so there is no table "${choice.table}"`);
  }
  const { columns, rows, bad, sha256 } = await readRows(path);
  const { label = "label", speaker = "speaker" } = choice;
  const missing = ["file", label, speaker].filter((name) => !columns.includes(name));
  if (missing.length > 0) {
    throw new CorpusError(
      path,
      `no column ${missing.map((name) => `"${name}"`).join(" and no ")}; it has ` +
        (columns.length === 0 ? "none" : columns.map((name) => `"${name}"`).join(", ")),
      { option: missing.includes(label) ? "labelColumn" : optionOf(missing, speaker) },
    );
  }
  const root = dirname(path);
  const file = basename(path);
  const at = (line: number) => `line ${line} of ${file}`;
  const listed = rows.map(({ line, values }) => ({
    line,
    row: listedRow({ where: at(line), values }, { label, speaker }),
  }));
  const broken = bad.map(({ line, reason }) => ({ line, row: { where: at(line), reason } }));
  const inOrder = [...listed, ...broken].sort((a, b) => a.line - b.line).map(({ row }) => row);
  const read = await clipsOfRows(inOrder, { list: path, root, name: LIST_NAME });
  const own = ownColumns(columns, { label, speaker });
  const warnings = own.length === 0
    ? []
    : [{ file, reason: `columns of its own, kept as attributes: ${own.join(", ")}` }];
  return { root, corpus: listedCorpus(file, read), ...read, warnings, lists: { [file]: sha256 } };
}

/** The option that chooses another column than the missing ones. */
function optionOf(missing: readonly string[], speaker: string): string | undefined {
  return missing.includes(speaker) ? "speakerColumn" : undefined;
}
