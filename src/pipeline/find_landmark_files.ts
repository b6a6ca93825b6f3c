import { basename, join } from "node:path";
import { parseRavdessName, performanceId, RavdessNameError } from "../corpus/ravdess/name.ts";
import type { Clip } from "../corpus/scan.ts";
import { describeFailure } from "../runtime/describe_failure.ts";
import { LandmarksError } from "../vision/landmarks/landmarks_error.ts";

/**
 * The landmark files of a folder and everything below it, by the take that they show: csv files, gzipped
 * or not, with RAVDESS's names. The `01-`, `02-` and `03-` files of a take share its landmarks; where
 * there are several, the first by name and then by path is taken. Other files are ignored.
 *
 * @throws {LandmarksError} If the folder cannot be read or holds no such file.
 */
export async function findLandmarkFiles(dir: string): Promise<ReadonlyMap<string, Clip>> {
  const found: Clip[] = [];
  for (const file of await csvFiles(dir)) {
    try {
      const name = parseRavdessName(basename(file).replace(/\.gz$/i, ""));
      found.push({ path: join(dir, file), file, name, performance: performanceId(name) });
    } catch (error) {
      if (!(error instanceof RavdessNameError)) throw error;
    }
  }
  if (found.length === 0) {
    throw new LandmarksError(
      dir,
      "no landmark file in it or below it; give the folder of csv or csv.gz files that are named " +
        'as their clips, such as "01-01-05-01-02-01-12.csv"',
    );
  }
  const key = ({ file }: Clip) => `${basename(file)} ${file}`;
  found.sort((a, b) => key(a) < key(b) ? -1 : 1);
  return new Map(found.toReversed().map((clip) => [clip.performance, clip]));
}

/** Paths of the csv files below `root`, relative to it; each folder is read once, whatever links lead there. */
async function csvFiles(root: string): Promise<string[]> {
  const files: string[] = [];
  const seen = new Set<string>();
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    try {
      const real = await Deno.realPath(join(root, folder));
      if (seen.has(real)) continue;
      seen.add(real);
      for await (const entry of Deno.readDir(real)) {
        const file = folder === "" ? entry.name : `${folder}/${entry.name}`;
        const isCsv = /\.csv(\.gz)?$/i.test(entry.name);
        if (entry.name.startsWith(".")) continue;
        if (isCsv && !entry.isDirectory) files.push(file);
        else if (entry.isDirectory || (entry.isSymlink && await isFolder(join(root, file)))) {
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
    return (await Deno.stat(path)).isDirectory;
  } catch {
    // A broken link leads to no folder.
    return false;
  }
}
