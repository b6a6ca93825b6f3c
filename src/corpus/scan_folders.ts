import { join, resolve } from "node:path";
import { CorpusError } from "./corpus_error.ts";
import type { Clip, SkippedFile } from "./clip.ts";
import type { Corpus } from "./corpus.ts";
import { joinCorpora } from "./join_corpora.ts";
import type { ListChoice } from "./manifest/list_choice.ts";
import { isManifest } from "./manifest/read_rows.ts";
import { readListed, rootOf } from "./read_listed.ts";
import { CORPORA } from "./registry.ts";
import { scanCorpus, type ScannedCorpus } from "./scan.ts";

/** A folder of clips, and the corpus that they are of where it is told. */
export interface CorpusFolder {
  /** Path of the folder, or of the list of its clips. */
  readonly dir: string;
  /**
   * Name of the corpus.
   *
   * @default {recognised by the names of the files}
   */
  readonly corpus?: string;
}

/**
 * The path of a file that results name.
 *
 * @param file Its name there: of several folders, with its corpus before it.
 * @param folders The folders, each with its corpus where there are several.
 *
 * @throws {CorpusError} If none of several folders is of the file's corpus.
 *
 * @example
 * ```ts
 * import { pathIn } from "./scan_folders.ts";
 * import assert from "node:assert/strict";
 *
 * const folders = [{ dir: "/a", corpus: "ravdess" }, { dir: "/b", corpus: "tess" }];
 * assert.equal(pathIn("tess/OAF_back_ps.wav", folders), "/b/OAF_back_ps.wav");
 * assert.equal(pathIn("tess/OAF_back_ps.wav", [{ dir: "/a" }]), "/a/tess/OAF_back_ps.wav");
 * ```
 */
export function pathIn(file: string, folders: readonly CorpusFolder[]): string {
  if (folders.length === 1) return join(rootOf(folders[0].dir), file);
  const folder = folders.find(({ corpus }) =>
    corpus !== undefined && file.startsWith(`${corpus}/`)
  );
  if (!folder) throw new CorpusError(file, "is in none of the folders of clips");
  return join(rootOf(folder.dir), file.slice(`${folder.corpus}/`.length));
}

/**
 * Finds the clips of one or more folders, or lists, each of a corpus of its own. Of several, what must be unique in
 * a run is shown with the corpus before it: files, takes and speakers, as in `crema-d/1001`.
 *
 * @param corpora The corpora that are known. Default: those in the registry.
 * @param choice What holds what in lists.
 *
 * @throws {CorpusError} If a folder cannot be used, there is no corpus of the name, or two folders are of
 * one corpus.
 *
 * @example
 * ```ts
 * import { scanFolders } from "./scan_folders.ts";
 * import assert from "node:assert/strict";
 *
 * const [a, b] = [await Deno.makeTempDir(), await Deno.makeTempDir()];
 * await Deno.writeFile(`${a}/01-01-05-01-02-01-12.mp4`, new Uint8Array());
 * await Deno.writeFile(`${b}/1001_DFA_ANG_XX.wav`, new Uint8Array());
 * const { corpus, clips } = await scanFolders([{ dir: a }, { dir: b, corpus: "crema-d" }]);
 * assert.equal(corpus.title, "RAVDESS + CREMA-D");
 * assert.deepEqual(clips.map(({ speaker }) => speaker), ["ravdess/12", "crema-d/1001"]);
 * await Deno.remove(a, { recursive: true });
 * await Deno.remove(b, { recursive: true });
 * ```
 */
export async function scanFolders(
  folders: readonly CorpusFolder[],
  corpora: readonly Corpus[] = CORPORA,
  choice: ListChoice = {},
): Promise<ScannedCorpus> {
  const scanned: ScannedCorpus[] = [];
  for (const { dir, corpus } of folders) {
    const found = await listOf({ dir, corpus }, choice) ??
      await scanCorpus(dir, corpus === undefined ? corpora : named(corpus, corpora));
    const same = scanned.find((other) => other.corpus.name === found.corpus.name);
    if (same) {
      throw new CorpusError(
        found.root,
        `is a folder of ${found.corpus.title}, as ${same.root} is: put both into one folder`,
      );
    }
    scanned.push(found);
  }
  const [first] = scanned;
  if (scanned.length === 1) return first;
  return {
    root: first.root,
    corpus: joinCorpora(scanned.map(({ corpus }) => corpus)),
    folders: scanned.map(({ root, corpus }, i) => ({
      dir: isManifest(folders[i].dir) ? resolve(folders[i].dir) : root,
      corpus: corpus.name,
    })),
    why: scanned.map(({ why, corpus }) => why ?? corpus.title).join("; "),
    clips: scanned.flatMap(({ corpus, clips }) => clips.map((clip) => withName(clip, corpus.name))),
    skipped: scanned.flatMap(({ corpus, skipped }) => filesOf(corpus, skipped)),
    warnings: scanned.flatMap(({ corpus, warnings = [] }) => filesOf(corpus, warnings)),
    lists: Object.fromEntries(
      scanned.flatMap(({ corpus, lists = {} }) =>
        Object.entries(lists).map(([file, hash]) => [`${corpus.name}/${file}`, hash])
      ),
    ),
  };
}

/**
 * What a list of clips gives; undefined for other folders.
 *
 * @throws {CorpusError} If its corpus is told, which the list itself tells.
 */
async function listOf(
  { dir, corpus }: CorpusFolder,
  choice: ListChoice,
): Promise<ScannedCorpus | undefined> {
  const listed = await readListed(resolve(dir), choice);
  if (listed && corpus !== undefined && corpus !== listed.corpus.name) {
    throw new CorpusError(
      dir,
      `is a list, which says itself of what corpus clips are, not ${corpus}`,
      {
        option: "corpus",
      },
    );
  }
  return listed;
}

function filesOf({ name }: Corpus, files: readonly SkippedFile[]): SkippedFile[] {
  return files.map(({ file, reason }) => ({ file: `${name}/${file}`, reason }));
}

/** @throws {CorpusError} If there is no such corpus. */
function named(name: string, corpora: readonly Corpus[]): readonly Corpus[] {
  const corpus = corpora.find((corpus) => corpus.name === name);
  if (!corpus) {
    const names = corpora.map(({ name }) => name).join(", ");
    throw new CorpusError(name, `there is no such corpus; there are: ${names}`);
  }
  return [corpus];
}

function withName(clip: Clip, corpus: string): Clip {
  const { file, name, speaker, take, copies } = clip;
  return {
    ...clip,
    file: `${corpus}/${file}`,
    name: `${corpus}/${name}`,
    speaker: `${corpus}/${speaker}`,
    take: `${corpus}/${take}`,
    copies: copies?.map((copy) => withName(copy, corpus)),
  };
}
