import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AUDFORMAT_HEADER, readAudformat } from "./audformat/read_audformat.ts";
import type { ListChoice } from "./manifest/list_choice.ts";
import { type ReadList, readManifest } from "./manifest/read_manifest.ts";
import { isManifest } from "./manifest/read_rows.ts";

/**
 * The clips that a list names: a file of the user's own, or a folder in audformat. Undefined where `path` is
 * another folder, or nothing.
 *
 * @param path Absolute path of the file or folder.
 *
 * @throws {CorpusError} If it is a list that cannot be used, or a file that is none.
 */
export async function readListed(
  path: string,
  choice: ListChoice,
): Promise<ReadList | undefined> {
  const kind = await kindOf(path);
  if (kind === "file") return await readManifest(path, choice);
  if (kind === "folder" && await kindOf(join(path, AUDFORMAT_HEADER)) === "file") {
    return await readAudformat(path, choice);
  }
}

/**
 * The folder that names of clips are relative to, by the path that was given for them.
 *
 * @example
 * ```ts
 * import { rootOf } from "./read_listed.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(rootOf("/data/clips.csv"), "/data");
 * assert.equal(rootOf("/data"), "/data");
 * ```
 */
export function rootOf(path: string): string {
  return isManifest(path) ? dirname(path) : path;
}

async function kindOf(path: string): Promise<"file" | "folder" | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? "file" : found.isDirectory() ? "folder" : undefined;
  } catch {
    // Whoever scans it as a folder says what is wrong with it.
    return undefined;
  }
}
