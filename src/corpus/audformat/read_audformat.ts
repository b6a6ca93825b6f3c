import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { readBytes } from "../../runtime/files/read_bytes.ts";
import { CorpusError } from "../corpus_error.ts";
import { clipsOfRows } from "../manifest/clips_of_rows.ts";
import type { ListChoice } from "../manifest/list_choice.ts";
import { type BadRow, type ListedRow, listedRow } from "../manifest/listed_row.ts";
import { listedCorpus } from "../manifest/listed_corpus.ts";
import type { ReadList } from "../manifest/read_manifest.ts";
import { chooseColumns } from "./choose_columns.ts";
import { type AudHeader, AudHeaderError, type Properties, readHeader } from "./header.ts";
import { type AudRow, readTable } from "./read_table.ts";

/** The file that makes a folder one in audformat. */
export const AUDFORMAT_HEADER = "db.yaml";

/** What audformat calls properties of speakers that have another name here. */
const RENAMED: Readonly<Record<string, string>> = { gender: "sex" };

/**
 * Reads the clips of a folder in audformat (audEERING): `db.yaml` and a .csv or .parquet a table, filewise or
 * segmented. Labels are those of the scheme `emotion`, speakers those of the scheme `speaker`, with what that scheme
 * or its miscellaneous table tells of them; other columns are kept as attributes.
 *
 * @param root Absolute path of the folder.
 *
 * @throws {CorpusError} If a file of it cannot be read, or it is not clear where labels and speakers stand.
 */
export async function readAudformat(root: string, choice: ListChoice = {}): Promise<ReadList> {
  const path = join(root, AUDFORMAT_HEADER);
  const { header, sha256 } = await headerOf(path);
  const columns = chooseColumns(path, header, choice);
  const lists: Record<string, string> = { [AUDFORMAT_HEADER]: sha256 };
  const rowsOf = async (table: AudHeader["tables"][number]) => {
    const { file, sha256, rows } = await readTable(root, table);
    lists[file] = sha256;
    return rows;
  };
  const speakers = new Map<string, string>();
  for (const table of columns.speakerTables) {
    for (const { values } of await rowsOf(table)) {
      const [file, speaker] = [values.get("file"), values.get(columns.speaker.name)];
      if (file !== undefined && speaker !== undefined) speakers.set(file, speaker);
    }
  }
  const people = await peopleOf(header, columns.speaker.scheme, rowsOf);
  const rows: (ListedRow | BadRow)[] = [];
  for (const table of columns.tables) {
    for (const row of await rowsOf(table)) {
      rows.push(clipRow(row, {
        label: columns.label.name,
        speaker: columns.speaker.name,
        part: table.split,
        language: header.language,
        speakers,
        people,
      }));
    }
  }
  const read = await clipsOfRows(rows, { list: path, root, name: header.name });
  const { name, licence } = header;
  const corpus = listedCorpus(name, read, { name: "audformat", licence });
  const own = [...new Set(read.clips.flatMap(({ attributes }) => Object.keys(attributes)))];
  const warnings = own.length === 0 ? [] : [{
    file: basename(path),
    reason: `kept as attributes: ${own.sort().join(", ")}`,
  }];
  return { root, corpus, ...read, warnings, lists };
}

async function headerOf(path: string): Promise<{ header: AudHeader; sha256: string }> {
  try {
    const bytes = await readBytes(path);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return { header: readHeader(new TextDecoder().decode(bytes)), sha256 };
  } catch (error) {
    if (error instanceof AudHeaderError) throw new CorpusError(path, error.message);
    const why = error instanceof Error ? error.message : error;
    throw new CorpusError(path, `it cannot be read: ${why}`, { cause: error });
  }
}

/** What the scheme of speakers tells of each, by itself or by its table. */
async function peopleOf(
  { schemes, tables }: AudHeader,
  scheme: string | undefined,
  rowsOf: (table: AudHeader["tables"][number]) => Promise<readonly AudRow[]>,
): Promise<ReadonlyMap<string, Properties>> {
  const labels = scheme === undefined ? undefined : schemes.get(scheme);
  if (typeof labels !== "string") return labels ?? new Map();
  const table = tables.find(({ name, type }) => type === "misc" && name === labels);
  const [level] = table?.levels ?? [];
  if (!table || level === undefined) return new Map();
  const rows = await rowsOf(table);
  return new Map(rows.flatMap(({ values }) => {
    const { [level]: speaker, ...properties } = Object.fromEntries(values);
    return speaker === undefined ? [] : [[speaker, properties] as const];
  }));
}

/** What a row of a table tells of a clip, with what is known of its speaker. */
function clipRow(
  { where, values }: AudRow,
  { label, speaker, part, language, speakers, people }: {
    readonly label: string;
    readonly speaker: string;
    readonly part: string | undefined;
    readonly language: string | undefined;
    readonly speakers: ReadonlyMap<string, string>;
    readonly people: ReadonlyMap<string, Properties>;
  },
): ListedRow | BadRow {
  const who = values.get(speaker) ?? speakers.get(values.get("file") ?? "");
  const known = Object.entries(who === undefined ? {} : people.get(who) ?? {})
    .map(([name, value]) => [RENAMED[name] ?? name, value] as const);
  const all = new Map([
    ...(language === undefined ? [] : [["language", language] as const]),
    ...known,
    ...values,
    ...(who === undefined ? [] : [[speaker, who] as const]),
  ]);
  // These words have a meaning in lists, which columns of a database's own do not share.
  for (const name of ["take", "split", "corpus"]) all.delete(name);
  if (part !== undefined && ["train", "dev", "test"].includes(part)) all.set("split", part);
  return listedRow({ where, values: all }, { label, speaker });
}
