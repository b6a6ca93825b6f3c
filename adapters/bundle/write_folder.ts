import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileProblem, isMissing } from "../../src/runtime/files/file_problem.ts";

/** The file by which a folder that {@linkcode writeFolder} wrote is known again. */
export const MARKER_FILE = ".emofuse-bundle";

const MARKER = "This folder was written by Emofuse, which replaces it as a whole.\n";

/** Thrown when a folder would be replaced that Emofuse did not write; the message names it. */
export class OccupiedFolderError extends Error {
  /** The error's class name. */
  override readonly name = "OccupiedFolderError";
}

/**
 * Refuses a folder whose files {@linkcode writeFolder} would delete although they are not its own.
 *
 * @throws {OccupiedFolderError} If `folder` is a file, or has files and no {@linkcode MARKER_FILE}.
 */
export async function checkReplaceable(folder: string): Promise<void> {
  const names = [];
  try {
    names.push(...await readdir(folder));
  } catch (error) {
    if (isMissing(error)) return;
    if (fileProblem(error) === "no-folder") {
      throw new OccupiedFolderError(`${folder} is a file`, { cause: error });
    }
    throw error;
  }
  if (names.length > 0 && !names.includes(MARKER_FILE)) {
    throw new OccupiedFolderError(
      `${folder} holds files that are not Emofuse's (there is no ${MARKER_FILE} among them) and ` +
        "would be replaced: remove or rename it",
    );
  }
}

/**
 * Writes files into a new folder and puts it in the place of `folder`: nobody finds a folder that is half
 * written, or files of an earlier one among those of this. Only folders that are empty, or that an earlier
 * call wrote, are replaced.
 *
 * @throws {OccupiedFolderError} If somebody else's files are there; they stay.
 */
export async function writeFolder(
  folder: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  await checkReplaceable(folder);
  await mkdir(dirname(folder), { recursive: true });
  const made = await mkdtemp(join(dirname(folder), ".writing-"));
  try {
    for (const [name, bytes] of files) {
      await mkdir(dirname(join(made, name)), { recursive: true });
      await writeFile(join(made, name), bytes);
    }
    await writeFile(join(made, MARKER_FILE), MARKER);
    await chmod(made, 0o755);
    await rm(folder, { recursive: true }).catch((error) => {
      if (!isMissing(error)) throw error;
    });
    await rename(made, folder);
  } catch (error) {
    await rm(made, { recursive: true }).catch(() => {});
    throw error;
  }
}
