import { open, rename, rm } from "node:fs/promises";

/**
 * Writes content, whole or in parts one after the other, to `path` under a temporary name beside it, then
 * renames: whoever opens `path` sees the old file or the whole new one, even if this process is
 * killed or another writes the same file.
 *
 * @throws {Error} What the system says, if the folder does not exist or cannot be written to.
 */
export async function writeFileAtomically(
  path: string,
  content:
    | Uint8Array
    | string
    | Iterable<Uint8Array | string>
    | AsyncIterable<Uint8Array | string>,
): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    {
      await using file = await open(temporary, "wx");
      await file.writeFile(content);
      // Without it a power cut can leave the new name on an empty file.
      await file.datasync();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary).catch(() => {});
    throw error;
  }
}
