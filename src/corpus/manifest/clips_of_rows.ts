import { stat } from "node:fs/promises";
import { basename, relative, resolve } from "node:path";
import { isAbsent } from "../../runtime/files/file_problem.ts";
import { WordColumn } from "../../numeric/word_column.ts";
import type { Clip, ClipPart, SkippedFile } from "../clip.ts";
import { withSpan } from "../span.ts";
import { tracksOf } from "../tracks_of.ts";
import type { BadRow, ListedRow } from "./listed_row.ts";

/** What the rows of a list give. */
export interface ClipsOfRows {
  /** The clips, in the order of the rows. */
  readonly clips: readonly Clip[];
  /** The rows that give none, by file, with their place and the reason. */
  readonly skipped: readonly SkippedFile[];
}

/**
 * The clips that rows tell of, and every row that tells of none, named by its place: its file is not there, it
 * says the same as an earlier row, or something else of one take.
 *
 * Where the rows are of several corpora, speakers and takes are told apart by corpus: two speakers of one name in
 * two corpora are two.
 *
 * @param list Absolute path of the list, for rows that name no file.
 * @param root Absolute path of the folder that paths are relative to.
 * @param name Name of the corpus of rows that state none.
 */
export async function clipsOfRows(
  rows: readonly (ListedRow | BadRow)[],
  { list, root, name }: { readonly list: string; readonly root: string; readonly name: string },
): Promise<ClipsOfRows> {
  const good = rows.filter((row): row is ListedRow => "label" in row);
  const several = new Set(good.map(({ corpus }) => corpus ?? name)).size > 1;
  const reader = new RowReader({ list, root, name, several, whereOf: (n) => rows[n].where });
  const clips: Clip[] = [];
  const skipped: SkippedFile[] = [];
  for (const [n, row] of rows.entries()) {
    const read = await reader.read(row, n);
    if ("reason" in read) skipped.push(read);
    else clips.push(read);
  }
  return { clips, skipped };
}

/** What a {@linkcode RowReader} must know of its list. */
export interface RowReaderOptions {
  /** Absolute path of the list, for rows that name no file. */
  readonly list: string;
  /** Absolute path of the folder that paths are relative to. */
  readonly root: string;
  /** Name of the corpus of rows that state none. */
  readonly name: string;
  /** Whether the rows are of several corpora. */
  readonly several: boolean;
  /** Where a row stands, by the number that it was read with. */
  readonly whereOf: (n: number) => string;
}

/** What is remembered of a row that gave a clip. */
interface UsedRow extends Pick<Clip, "label" | "speaker" | "part"> {
  readonly n: number;
}

/** Files whose state is remembered. */
const REMEMBERED = 1000;

/**
 * Reads the rows of a list one after the other, and keeps of them what tells whether a later one says the same: a few
 * numbers a row, however much it says.
 */
export class RowReader {
  readonly #options: RowReaderOptions;
  readonly #byName = new Map<string, number>();
  readonly #byTake = new Map<string, number>();
  readonly #numbers: number[] = [];
  readonly #labels = new WordColumn();
  readonly #speakers = new WordColumn();
  readonly #parts = new WordColumn();
  readonly #texts = new Map<string, string>();
  readonly #absent = new Map<string, string | undefined>();
  #hasTakes = false;

  /** Prepares for the rows of a list. */
  constructor(options: RowReaderOptions) {
    this.#options = options;
  }

  /**
   * The clip of a row, or why it gives none.
   *
   * @param n Number of the row, which `whereOf` knows.
   */
  async read(row: ListedRow | BadRow, n: number): Promise<Clip | SkippedFile> {
    const { list, root } = this.#options;
    const skip = (reason: string): SkippedFile => ({
      file: row.file === undefined ? basename(list) : fileIn(root, row.file),
      reason: `${row.where}: ${reason}`,
    });
    if (!("label" in row)) return skip(row.reason);
    const clip = this.clipOf(row);
    const absent = await this.#whyAbsent(clip.path);
    if (absent !== undefined) return skip(absent);
    const same = this.#used(this.#byName.get(clip.name));
    if (same) return skip(`the same as ${this.#where(same)}${differences(clip, same)}`);
    const take = this.#used(this.#takeOf(clip.take));
    if (take && differences(clip, take) !== "") {
      return skip(
        `of the take "${row.take}" as ${this.#where(take)}${differences(clip, take)}: give ` +
          "takes names of their own",
      );
    }
    this.#remember(clip, n, row.take !== undefined);
    return clip;
  }

  /** The clip that a row tells of, be it that its file is not there or another row tells of the same. */
  clipOf(
    { file: written, span, label, speaker, take, part, corpus, attributes }: ListedRow,
  ): Clip {
    const { root, name, several } = this.#options;
    const of = corpus ?? name;
    const file = withSpan(fileIn(root, written), span);
    const apart = (text: string) => this.#shared(several ? `${of}/${text}` : text);
    const clip: Clip = {
      path: resolve(root, written),
      file,
      name: file,
      corpus: this.#shared(of),
      label: this.#shared(label),
      speaker: apart(speaker),
      take: take === undefined ? file : apart(take),
      tracks: tracksOf(written),
      attributes,
    };
    return { ...clip, ...(span && { span }), ...(part && { part }) };
  }

  /** One and the same string for equal ones, of those that many rows have. */
  #shared(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size < REMEMBERED * 10) this.#texts.set(text, text);
    return text;
  }

  #remember({ name, take, label, speaker, part }: Clip, n: number, hasTake: boolean): void {
    const k = this.#numbers.length;
    this.#numbers.push(n);
    this.#labels.push(label);
    this.#speakers.push(speaker);
    this.#parts.push(part);
    // As long as none has a take of its own, names tell takes apart too.
    if (hasTake && !this.#hasTakes) {
      this.#hasTakes = true;
      for (const [name, k] of this.#byName) this.#byTake.set(name, k);
    }
    this.#byName.set(name, k);
    if (this.#hasTakes && !this.#byTake.has(take)) this.#byTake.set(take, k);
  }

  #takeOf(take: string): number | undefined {
    return (this.#hasTakes ? this.#byTake : this.#byName).get(take);
  }

  #used(k: number | undefined): UsedRow | undefined {
    return k === undefined ? undefined : {
      n: this.#numbers[k],
      label: this.#labels.at(k)!,
      speaker: this.#speakers.at(k)!,
      part: this.#parts.at(k) as ClipPart | undefined,
    };
  }

  #where({ n }: UsedRow): string {
    return this.#options.whereOf(n);
  }

  /** Why a file cannot be used; rows of one file mostly follow one another, and it is looked for once. */
  async #whyAbsent(path: string): Promise<string | undefined> {
    if (this.#absent.has(path)) return this.#absent.get(path);
    if (this.#absent.size >= REMEMBERED) this.#absent.clear();
    const why = await whyAbsent(path);
    this.#absent.set(path, why);
    return why;
  }
}

/** A path as results name it. */
function fileIn(root: string, file: string): string {
  return relative(root, resolve(root, file)).replaceAll("\\", "/");
}

/** What two clips that should be the same differ in, in words; nothing where they do not. */
function differences(
  a: Pick<Clip, "label" | "speaker" | "part">,
  b: Pick<Clip, "label" | "speaker" | "part">,
): string {
  const differ = [
    a.label !== b.label ? "label" : "",
    a.speaker !== b.speaker ? "speaker" : "",
    a.part !== b.part ? "split" : "",
  ].filter((what) => what !== "");
  return differ.length === 0 ? "" : `, but with another ${differ.join(" and another ")}`;
}

async function whyAbsent(path: string): Promise<string | undefined> {
  try {
    return (await stat(path)).isFile() ? undefined : "it is no file";
  } catch (error) {
    return isAbsent(error)
      ? "there is no such file"
      : `it cannot be read: ${error instanceof Error ? error.message : error}`;
  }
}
