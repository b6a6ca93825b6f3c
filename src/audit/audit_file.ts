import { join } from "node:path";
import { withCopies } from "../corpus/read_first.ts";
import type { ScannedCorpus } from "../corpus/scan.ts";

/** A file of the folder that is audited. */
export interface AuditFile {
  /** Path relative to the folder, always with `/` between its parts. */
  readonly file: string;
  /** Absolute path. */
  readonly path: string;
  /** Who speaks, where that is known. */
  readonly speaker?: string;
  /** The take, where that is known. */
  readonly take?: string;
  /** Whether somebody may be heard; false where the name says that nobody is. */
  readonly heard: boolean;
}

/**
 * Every media file of a folder, copies and files of unknown names too, ordered by path.
 *
 * @example
 * ```ts
 * import { RAVDESS } from "../corpus/ravdess/ravdess.ts";
 * import { auditFiles } from "./audit_file.ts";
 * import assert from "node:assert/strict";
 *
 * const { clips } = await RAVDESS.readClips("/data", ["03-01-05-01-02-01-12.wav"]);
 * const skipped = [{ file: "holiday.wav", reason: "no name" }];
 * const files = auditFiles({ root: "/data", corpus: RAVDESS, clips, skipped });
 * assert.deepEqual(files.map(({ speaker }) => speaker), ["12", undefined]);
 * ```
 */
export function auditFiles({ root, clips, skipped }: ScannedCorpus): AuditFile[] {
  const named = clips.flatMap(withCopies).map(({ file, path, speaker, take, tracks }) => ({
    file,
    path,
    speaker,
    take,
    heard: tracks.sound === "spoken",
  }));
  const known = new Set(named.map(({ file }) => file));
  // Folders that cannot be read are listed among the files, with a slash at their end.
  const others = skipped.filter(({ file }) => !file.endsWith("/") && !known.has(file))
    .map(({ file }) => ({ file, path: join(root, file), heard: true }));
  return [...named, ...others].sort((a, b) => a.file < b.file ? -1 : a.file > b.file ? 1 : 0);
}
