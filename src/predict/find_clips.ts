import { stat } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import picomatch from "picomatch";
import { CorpusError } from "../corpus/corpus_error.ts";
import { listedFiles } from "../corpus/manifest/listed_files.ts";
import { isManifest } from "../corpus/manifest/read_rows.ts";
import { findMedia } from "../corpus/scan.ts";
import { withSpan } from "../corpus/span.ts";
import type { ClipFile } from "./clip_file.ts";

/**
 * The clips that paths name: files, of any extension; folders, with every media file below them; patterns such as
 * `takes/*.wav`, where no file has that very name; and lists (.csv, .tsv, .jsonl) with a column `file`, whose paths are
 * relative to the list, and `start` and `end` in seconds where only a part is meant. What is named twice is there once.
 *
 * A file that is missing, or a row that cannot be used, is a clip with a reason.
 *
 * @param folder Absolute path of the folder that the paths are relative to.
 *
 * @throws {CorpusError} If a folder holds no media file, a pattern matches none, or a list cannot be read.
 *
 * @example
 * ```ts
 * import { findClips } from "./find_clips.ts";
 * import assert from "node:assert/strict";
 *
 * const dir = await Deno.makeTempDir();
 * for (const name of ["b.wav", "a.wav", "notes.txt"]) await Deno.writeTextFile(`${dir}/${name}`, "");
 * await Deno.writeTextFile(`${dir}/clips.csv`, "file,start,end\na.wav,0.5,2\n");
 * const found = await findClips(["*.wav", "clips.csv"], dir);
 * assert.deepEqual(found.map(({ file }) => file), ["a.wav", "b.wav", "a.wav"]);
 * assert.deepEqual(found[2].span, { start: 0.5, end: 2 });
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function findClips(paths: readonly string[], folder: string): Promise<ClipFile[]> {
  const found = new Map<string, ClipFile>();
  for (const path of paths) {
    for (const clip of await clipsOf(path, folder)) {
      const key = `${clip.path}\n${withSpan("", clip.span)}\n${clip.reason ?? ""}`;
      if (!found.has(key)) found.set(key, clip);
    }
  }
  return [...found.values()];
}

async function clipsOf(path: string, folder: string): Promise<ClipFile[]> {
  const absolute = resolve(folder, path);
  const kind = await kindOf(absolute);
  if (kind === "folder") return await clipsBelow(path, absolute);
  if (kind === "file" && isManifest(absolute)) return await clipsListed(path, absolute);
  // A file may have a bracket in its name.
  if (kind === undefined && /[*?[{]/.test(path)) return await clipsMatching(path, folder);
  return [{ file: path, path: absolute }];
}

async function clipsBelow(path: string, absolute: string): Promise<ClipFile[]> {
  const { media, skipped } = await findMedia(absolute);
  if (media.length + skipped.length === 0) {
    throw new CorpusError(absolute, "no audio or video file in it or below it");
  }
  const at = (file: string) => ({ file: slashes(join(path, file)), path: join(absolute, file) });
  return [
    ...media.sort(compare).map(at),
    ...skipped.map(({ file, reason }) => ({ ...at(file), reason })),
  ];
}

async function clipsListed(path: string, absolute: string): Promise<ClipFile[]> {
  const rows = await listedFiles(absolute);
  if (rows.length === 0) throw new CorpusError(absolute, "no row under its header");
  return rows.map((row): ClipFile => {
    const reason = "reason" in row ? `${row.where}: ${row.reason}` : undefined;
    if (row.file === undefined) return { file: path, path: absolute, reason };
    const file = isAbsolute(row.file) ? row.file : slashes(join(dirname(path), row.file));
    const clip = { file, path: resolve(dirname(absolute), row.file) };
    if ("reason" in row) return { ...clip, reason };
    const { span } = row;
    return span ? { ...clip, span } : clip;
  });
}

/** The media files whose path matches a pattern, or that lie below a folder whose path does. */
async function clipsMatching(pattern: string, folder: string): Promise<ClipFile[]> {
  const { base, glob }: { base: string; glob: string } = picomatch.scan(slashes(pattern));
  const matches: (path: string) => boolean = picomatch(glob);
  const root = resolve(folder, base);
  const { media } = await findMedia(root);
  const found = media.filter((file) => {
    const parts = file.split("/");
    return parts.some((_, i) => matches(parts.slice(0, i + 1).join("/")));
  });
  if (found.length === 0) {
    throw new CorpusError(pattern, "no audio or video file has a name of this pattern");
  }
  return found.sort(compare).map((file) => ({
    file: slashes(join(base, file)),
    path: join(root, file),
  }));
}

async function kindOf(path: string): Promise<"file" | "folder" | undefined> {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "file";
  } catch {
    // Who reads it as a clip says what is wrong with it.
    return undefined;
  }
}

function slashes(path: string): string {
  return path.replaceAll("\\", "/");
}

/** Orders by UTF-16 code units: the same on every machine, unlike `localeCompare`. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
