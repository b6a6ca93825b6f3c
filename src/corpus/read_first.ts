import type { Clip, SkippedFile } from "./clip.ts";

/** What came of a clip that has copies. */
export interface FirstRead<T> {
  /** What was read, and of which file; undefined where none can be used. */
  readonly read?: { readonly clip: Clip; readonly value: T };
  /** Files that cannot be used, or that another stands for, and why. */
  readonly skipped: SkippedFile[];
}

/**
 * Reads a clip, or else the first of its copies that can be read. Which of several files of one name is
 * used is decided by what is in them, not by their order alone: the first may be empty.
 *
 * @example
 * ```ts
 * import { RAVDESS } from "./ravdess/ravdess.ts";
 * import { readFirst } from "./read_first.ts";
 * import assert from "node:assert/strict";
 *
 * const files = ["a/01-01-05-01-02-01-12.mp4", "b/01-01-05-01-02-01-12.mp4"];
 * const { clips: [a, b] } = await RAVDESS.readClips("/data", files);
 * const { read, skipped } = await readFirst({ ...a, copies: [b] }, ({ file }) =>
 *   file === a.file ? Promise.reject(new Error("file is empty")) : Promise.resolve(file));
 * assert.equal(read?.value, b.file);
 * assert.deepEqual(skipped, [{ file: a.file, reason: "file is empty" }]);
 * ```
 *
 * @param clip The clip, with its copies.
 * @param read Reads one of the files; it rejects with a one-line message or `reason` where that is at fault.
 */
export async function readFirst<T>(
  clip: Clip,
  read: (clip: Clip) => Promise<T>,
): Promise<FirstRead<T>> {
  const skipped: SkippedFile[] = [];
  const files = withCopies(clip);
  for (const [i, file] of files.entries()) {
    try {
      const value = await read(file);
      skipped.push(...files.slice(i + 1).map((copy) => insteadOf(copy, file)));
      return { read: { clip: file, value }, skipped };
    } catch (error) {
      skipped.push({ file: file.file, reason: reasonOf(error) });
    }
  }
  return { skipped };
}

/** A clip and its copies, in the order in which they are tried. */
export function withCopies(clip: Clip): Clip[] {
  return [clip, ...clip.copies ?? []];
}

/** The line for a copy that another file of its name stands for. */
export function insteadOf(copy: Clip, used: Clip): SkippedFile {
  return { file: copy.file, reason: `same name as ${used.file}, which is used instead` };
}

/** A decoder's error keeps its reason apart from the file name, which the list shows already. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "reason" in error && typeof error.reason === "string" ? error.reason : error.message;
}
