import type { Dirent, Stats } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import { fileProblem } from "../runtime/files/file_problem.ts";
import { chooseCorpus } from "./choose_corpus.ts";
import type { Clip, SkippedFile } from "./clip.ts";
import type { Corpus } from "./corpus.ts";
import { CorpusError } from "./corpus_error.ts";
import type { ListChoice } from "./manifest/list_choice.ts";
import { readListed } from "./read_listed.ts";
import { CORPORA } from "./registry.ts";

/** What a folder holds. */
export interface ScannedCorpus {
  /** Absolute path of the folder. */
  readonly root: string;
  /** The corpus whose names its files have. */
  readonly corpus: Corpus;
  /** The folders of several corpora, each with its corpus, where there are several. Default: `root` alone. */
  readonly folders?: readonly { readonly dir: string; readonly corpus: string }[];
  /** Why it is taken for that corpus, one line for people. Default: it was told. */
  readonly why?: string;
  /** The usable clips, ordered by their names. */
  readonly clips: readonly Clip[];
  /** The media files left out, ordered by path. */
  readonly skipped: readonly SkippedFile[];
  /**
   * What should be known of a list of clips although it can be used.
   *
   * @default {[]}
   */
  readonly warnings?: readonly SkippedFile[];
  /**
   * SHA-256 of the files that list the clips, by their paths in `root`.
   *
   * @default {none: names of files tell all}
   */
  readonly lists?: Readonly<Record<string, string>>;
}

/** Extensions of the files that are taken for clips, in lower case: containers and audio that ffmpeg reads. */
export const MEDIA_EXTENSIONS: ReadonlySet<string> = new Set([
  ...[".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".flv", ".mpg", ".mpeg", ".wmv"],
  ...[".3gp", ".3g2", ".ogv", ".ts", ".mts", ".m2ts"],
  ...[".wav", ".flac", ".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".wma", ".aif", ".aiff"],
  ...[".aifc", ".mka", ".caf", ".au", ".snd", ".w64", ".amr", ".ac3", ".wv", ".ape", ".tta"],
]);

/**
 * Finds the clips of a corpus in a folder and everything below it, or those that a list names: a .csv, .tsv or
 * .jsonl of the user's own, or a folder in audformat.
 *
 * Hidden files and folders, and files that are not media, are ignored. A media file whose name is
 * not the corpus's is skipped with the reason. One whose name another file, earlier in path order,
 * already has is a copy of that one: which of them is used shows when they are read. Links are followed
 * once: loops end, and a folder reached twice is read once. The order of the result depends on the names
 * alone, never on the file system or the locale.
 *
 * @param corpora The corpora whose names are looked for. Default: those in the registry.
 * @param choice What holds what in a list; no folder of files has that.
 *
 * @example
 * ```ts
 * import { scanCorpus } from "./scan.ts";
 * import assert from "node:assert/strict";
 *
 * const dir = await Deno.makeTempDir();
 * await Deno.writeFile(`${dir}/01-01-05-01-02-01-12.mp4`, new Uint8Array());
 * await Deno.writeFile(`${dir}/holiday.mp4`, new Uint8Array());
 * const { corpus, clips, skipped } = await scanCorpus(dir);
 * assert.equal(corpus.title, "RAVDESS");
 * assert.deepEqual(clips.map((clip) => clip.take), ["01-05-01-02-01-12"]);
 * assert.deepEqual(skipped.map((file) => file.file), ["holiday.mp4"]);
 * await Deno.remove(dir, { recursive: true });
 * ```
 *
 * @throws {CorpusError} If the folder is missing, is not a folder, cannot be read, holds no media file, or
 * has the names of two corpora equally often.
 */
export async function scanCorpus(
  dir: string,
  corpora: readonly Corpus[] = CORPORA,
  choice: ListChoice = {},
): Promise<ScannedCorpus> {
  const root = resolve(dir);
  const listed = await readListed(root, choice);
  if (listed) return listed;
  const { media, skipped } = await findMedia(root);
  if (media.length === 0 && skipped.length === 0) {
    throw new CorpusError(
      root,
      "no audio or video file in it or below it; give the folder that holds the clips",
    );
  }
  media.sort(compare);
  const { corpus, why } = chooseCorpus(corpora, root, media);
  const read = await corpus.readClips(root, media);
  return {
    root,
    corpus,
    why,
    clips: withCopiesTogether(read.clips),
    skipped: [...skipped, ...read.skipped].sort((a, b) => compare(a.file, b.file)),
  };
}

/** The clips by name, the first file of each name with the others as its copies. */
function withCopiesTogether(clips: readonly Clip[]): Clip[] {
  const named = Map.groupBy(clips, ({ name }) => name);
  return [...named].sort(([a], [b]) => compare(a, b)).map(([, files]) => {
    const [first, ...copies] = files.toSorted((a, b) => compare(a.file, b.file));
    return copies.length === 0 ? first : { ...first, copies };
  });
}

/**
 * The media files below a folder, whatever their names.
 *
 * @param root Absolute path of the folder.
 * @returns Their paths relative to `root`, and what could not be looked into.
 *
 * @throws {CorpusError} If the folder cannot be read.
 */
export async function findMedia(
  root: string,
): Promise<{ media: string[]; skipped: SkippedFile[] }> {
  const media: string[] = [];
  const skipped: SkippedFile[] = [];
  const seen = new Set<string>();
  // Linked folders wait until every real one is read, so that a clip is named by its real path.
  const folders = [""];
  const links: string[] = [];
  for (;;) {
    const folder = folders.pop() ?? links.shift();
    if (folder === undefined) return { media, skipped };
    let entries: Dirent[];
    try {
      const real = await realpath(join(root, folder));
      if (seen.has(real)) continue;
      seen.add(real);
      entries = await readdir(real, { withFileTypes: true });
    } catch (error) {
      const reason = readFailure(error);
      if (folder === "") throw new CorpusError(root, reason, { cause: error });
      skipped.push({ file: `${folder}/`, reason });
      continue;
    }
    // The stack is read from its end: reversed, folders come in order.
    entries.sort((a, b) => compare(b.name, a.name));
    const linkedHere: string[] = [];
    for (const entry of entries) {
      if (entry.name.startsWith(".")) continue;
      const file = folder === "" ? entry.name : `${folder}/${entry.name}`;
      const isMedia = MEDIA_EXTENSIONS.has(extname(entry.name).toLowerCase());
      if (entry.isDirectory()) folders.push(file);
      else if (entry.isFile() && isMedia) media.push(file);
      else if (entry.isSymbolicLink()) {
        const target = await statOf(join(root, file));
        if (target?.isDirectory()) linkedHere.push(file);
        else if (isMedia && target?.isFile()) media.push(file);
        else if (isMedia) skipped.push({ file, reason: "a link that leads to no file" });
      }
    }
    links.push(...linkedHere.reverse());
  }
}

/** What a link leads to, or undefined if it is broken, circular or out of reach. */
async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch {
    return undefined;
  }
}

function readFailure(error: unknown): string {
  const problem = fileProblem(error);
  if (problem === "missing") return "no such folder; check the path";
  if (problem === "no-folder") return "not a folder; give the folder of the clips";
  if (problem === "denied") return "the folder may not be read; check its permissions";
  return `the folder cannot be read: ${error instanceof Error ? error.message : error}`;
}

/** Orders by UTF-16 code units: the same on every machine, unlike `localeCompare`. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
