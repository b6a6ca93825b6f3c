import { join } from "node:path";
import type { Clip, SkippedFile } from "./clip.ts";
import type { ReadClips } from "./corpus.ts";

/** What the name of a file tells of it. */
export type NamedClip = Omit<Clip, "path" | "file" | "copies">;

/**
 * The clips of a corpus whose names tell all, and the other files.
 *
 * @param root Absolute path of the corpus folder.
 * @param files Its media files, relative to it.
 * @param read What a file's name tells; undefined where it is none of the corpus.
 * @param shape What names look like, for the reasons of those left out: `a name of SAVEE is ...`.
 */
export function readNamedClips(
  root: string,
  files: readonly string[],
  read: (file: string) => NamedClip | undefined,
  shape: string,
): ReadClips {
  const clips: Clip[] = [];
  const skipped: SkippedFile[] = [];
  for (const file of files) {
    const named = read(file);
    if (named) clips.push({ path: join(root, file), file, ...named });
    else skipped.push({ file, reason: shape });
  }
  return { clips, skipped };
}
