import { rename, rm, writeFile } from "node:fs/promises";
/**
 * Writes text that comes in parts to `path` under a temporary name beside it, then renames: whoever opens `path` sees
 * the old file or the whole new one.
 */
export async function writeTextAtomically(
  path: string,
  parts: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    await writeFile(temporary, parts, { flag: "wx" });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary).catch(() => {});
    throw error;
  }
}
