import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isGone } from "../../runtime/files/file_problem.ts";
import { lacksLinks, linkFile } from "../../runtime/files/link_file.ts";
import {
  SafetensorsError,
  type SafetensorsHeader,
  safetensorsHeader,
  safetensorsHeaderLength,
} from "../../numeric/safetensors.ts";

/** How a file is published. */
export interface PublishOptions {
  /** Folder for the temporary name, on the same file system as the file. */
  readonly temporaries: string;
  /**
   * Whether a file of that name is replaced.
   *
   * @default {false: it stays}
   */
  readonly replace?: boolean;
}

/**
 * Writes a file whole under a temporary name and then gives it its own. To a new name it is linked, not renamed: a
 * file that others may be reading is never replaced, which on NFS would take it away from under them. It needs no
 * lock, which NFS may lack; where there are no hard links it is renamed.
 *
 * @returns Whether it is there now; false where another file has the name.
 *
 * @throws {Error} What the system says, if it cannot be written.
 */
export async function publishFile(
  path: string,
  content: Uint8Array | Iterable<Uint8Array>,
  { temporaries, replace = false }: PublishOptions,
): Promise<boolean> {
  const temporary = join(temporaries, crypto.randomUUID());
  try {
    {
      await using file = await open(temporary, "wx");
      await file.writeFile(content);
      // Without it a power cut can leave the name on an empty file.
      await file.datasync();
    }
    await mkdir(dirname(path), { recursive: true });
    return await nameFile(temporary, path, replace);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function nameFile(temporary: string, path: string, replace: boolean): Promise<boolean> {
  if (!replace) {
    try {
      return await linkFile(temporary, path);
    } catch (error) {
      if (!lacksLinks(error)) throw error;
    }
  }
  await rename(temporary, path);
  return true;
}

/**
 * Whether there is no entry: none at all, or one that something else than Emofuse has damaged, or replaced while it was
 * read over NFS. Either way it has to be computed.
 */
export function isNoEntry(error: unknown): boolean {
  return isGone(error) || error instanceof SafetensorsError;
}

/** The header of an entry's file, without its tensors. */
export async function readEntryHeader(file: FileHandle): Promise<SafetensorsHeader> {
  const first = new Uint8Array(8);
  const { bytesRead: read } = await file.read(first);
  const bytes = new Uint8Array(safetensorsHeaderLength(first.subarray(0, read)));
  bytes.set(first);
  let at = read;
  while (at < bytes.length) {
    const { bytesRead } = await file.read(bytes, at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return safetensorsHeader(bytes.subarray(0, at));
}
