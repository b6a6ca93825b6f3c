import { dirname, join } from "node:path";

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
    for await (const { name } of Deno.readDir(folder)) names.push(name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    if (error instanceof Deno.errors.NotADirectory) {
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
  await Deno.mkdir(dirname(folder), { recursive: true });
  const made = await Deno.makeTempDir({ dir: dirname(folder), prefix: ".writing-" });
  try {
    for (const [name, bytes] of files) await Deno.writeFile(join(made, name), bytes);
    await Deno.writeTextFile(join(made, MARKER_FILE), MARKER);
    await Deno.chmod(made, 0o755);
    await Deno.remove(folder, { recursive: true }).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
    await Deno.rename(made, folder);
  } catch (error) {
    await Deno.remove(made, { recursive: true }).catch(() => {});
    throw error;
  }
}
