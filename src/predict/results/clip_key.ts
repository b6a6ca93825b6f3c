import { sha256Hex } from "../../../models/sha256.ts";
import type { ClipFile } from "../clip_file.ts";

/**
 * What tells a clip's results from all others: the path, size and time of its file, the part of it that is meant, and
 * the run: model and options. A file that was changed since has another key.
 */
export async function clipKey({ path, span, reason }: ClipFile, run: string): Promise<string> {
  const file = await Deno.stat(path).catch(() => undefined);
  const parts = [run, path, span, reason, file?.size, file?.mtime?.getTime()];
  return await sha256Hex(new TextEncoder().encode(JSON.stringify(parts)));
}
