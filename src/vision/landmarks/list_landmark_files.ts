import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { describeFailure } from "../../runtime/describe_failure.ts";
import { LandmarksError } from "./landmarks_error.ts";

/** What files of landmarks are called. */
const EXTENSION = /\.csv(\.gz)?$/i;

/** The name of a landmark file without folders and extension: that of the clip that it is of. */
export function landmarkStem(file: string): string {
  return file.replace(/^.*[/\\]/, "").replace(EXTENSION, "");
}

/**
 * Paths of the csv files below `root`, gzipped or not, relative to it and in no order; each folder is read once,
 * whatever links lead there.
 *
 * @throws {LandmarksError} If a folder cannot be read.
 */
export async function listLandmarkFiles(root: string): Promise<string[]> {
  const files: string[] = [];
  const seen = new Set<string>();
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    try {
      const real = await realpath(join(root, folder));
      if (seen.has(real)) continue;
      seen.add(real);
      for (const entry of await readdir(real, { withFileTypes: true })) {
        const file = folder === "" ? entry.name : `${folder}/${entry.name}`;
        const isCsv = EXTENSION.test(entry.name);
        if (entry.name.startsWith(".")) continue;
        if (isCsv && !entry.isDirectory()) files.push(file);
        else if (
          entry.isDirectory() || (entry.isSymbolicLink() && await isFolder(join(root, file)))
        ) {
          folders.push(file);
        }
      }
    } catch (error) {
      throw new LandmarksError(join(root, folder), `cannot be read: ${describeFailure(error)}`, {
        cause: error,
      });
    }
  }
  return files;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // A broken link leads to no folder.
    return false;
  }
}
