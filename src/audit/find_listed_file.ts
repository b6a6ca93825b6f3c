import type { AuditFile } from "./audit_file.ts";
import { MEDIA_EXTENSIONS } from "../corpus/scan.ts";

/** Files of a folder, to be found by what a list calls them. */
export type FindListedFile = (written: string) => readonly AuditFile[] | string;

/**
 * Prepares to find files by what somebody else's list calls them: by their path in the folder; else by the file
 * name, then by the file name without extension, for lists tell of other folders and formats. Of several
 * files those fit whose folders are the same from the end. A name without extension is that of all its files.
 *
 * @returns A function that gives the files, or in words why there is none.
 *
 * @example
 * ```ts
 * import { listedFileFinder } from "./find_listed_file.ts";
 * import assert from "node:assert/strict";
 *
 * const files = ["a/1.flac", "b/1.flac", "b/2.flac"].map((file) => ({ file, path: file, heard: true }));
 * const find = listedFileFinder(files);
 * assert.deepEqual(find("/data/set/b/1.wav"), [files[1]]);
 * assert.deepEqual(find("2"), [files[2]]);
 * assert.equal(find("3.wav"), "no such file");
 * assert.equal(find("1.wav"), "it may be a/1.flac or b/1.flac");
 * ```
 */
export function listedFileFinder(files: readonly AuditFile[]): FindListedFile {
  const byPath = new Map(files.map((file) => [file.file, file]));
  const byName = Map.groupBy(files, ({ file }) => nameOf(file));
  const byStem = Map.groupBy(files, ({ file }) => stemOf(nameOf(file)));
  return (written) => {
    const path = written.replaceAll("\\", "/").replace(/^(\.\/)+/, "");
    const exact = byPath.get(path);
    if (exact) return [exact];
    const name = nameOf(path);
    const found = byName.get(name) ?? byStem.get(stemOf(name)) ?? [];
    const most = Math.max(0, ...found.map(({ file }) => sharedFolders(file, path)));
    const best = found.filter(({ file }) => sharedFolders(file, path) === most);
    if (best.length === 0) return "no such file";
    if (best.length === 1 || stemOf(name) === name) return best;
    return `it may be ${best.map(({ file }) => file).join(" or ")}`;
  };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** A file name without the extension of a media file: names may have dots of their own. */
function stemOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 && MEDIA_EXTENSIONS.has(name.slice(dot).toLowerCase()) ? name.slice(0, dot) : name;
}

/** How many folders before the file name two paths have in common, from the last on. */
function sharedFolders(a: string, b: string): number {
  const [x, y] = [a, b].map((path) => path.split("/").slice(0, -1).reverse());
  const differs = x.findIndex((folder, i) => folder !== y[i]);
  return differs < 0 ? x.length : differs;
}
