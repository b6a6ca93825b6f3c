import { stat } from "node:fs/promises";
import { sha256Hex } from "../../../models/sha256.ts";
import type { ClipFile } from "../clip_file.ts";

/**
 * What tells a clip's results from all others: the path, size and time of its file and of its landmark file, the part of
 * it that is meant, and the run: model and options. A file that was changed since has another key.
 */
export async function clipKey(
  { path, span, landmarks, reason }: ClipFile,
  run: string,
): Promise<string> {
  const parts = [run, ...await identity(path), span, reason];
  if (landmarks !== undefined) parts.push(...await identity(landmarks));
  return await sha256Hex(new TextEncoder().encode(JSON.stringify(parts)));
}

/** Path, size and time of a file. */
async function identity(path: string): Promise<unknown[]> {
  const file = await stat(path).catch(() => undefined);
  return [path, file?.size, file?.mtime?.getTime()];
}
