import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isMissing } from "../../runtime/files/file_problem.ts";

/** Folder of a store in which its files are written before they get their names. */
export const TEMPORARIES = ".tmp";

/** How long what a killed process was writing is left, in ms. */
const LEFT_MS = 24 * 3600 * 1000;

/**
 * Makes the folder for temporary names in `dir`, sees that it can be written to, and removes what processes that were
 * killed left there a day ago.
 *
 * @returns The folder.
 *
 * @throws {Error} What the system says, if it cannot be written to.
 */
export async function openTemporaries(dir: string): Promise<string> {
  const temporaries = join(dir, TEMPORARIES);
  await mkdir(temporaries, { recursive: true });
  await removeOld(temporaries, LEFT_MS);
  return temporaries;
}

/** Removes the files and folders of a folder that nobody has touched for so long. */
export async function removeOld(dir: string, ms: number): Promise<void> {
  const trial = join(dir, crypto.randomUUID());
  await writeFile(trial, "");
  // By the clock of who keeps the files, which may be another machine.
  const { mtimeMs: now } = await stat(trial);
  await rm(trial);
  for (const name of await readdir(dir)) {
    const path = join(dir, name);
    try {
      const { mtimeMs } = await stat(path);
      if (now - mtimeMs > ms) await rm(path, { force: true, recursive: true });
    } catch (error) {
      // Another process was faster.
      if (!isMissing(error)) throw error;
    }
  }
}
