import { basename, join } from "node:path";
import type { Corpus } from "../../corpus/corpus.ts";
import { describeFailure } from "../../runtime/describe_failure.ts";
import { LandmarksError } from "../../vision/landmarks/landmarks_error.ts";
import type { LandmarkFile } from "./samples.ts";

/**
 * The landmark files of a folder and everything below it, by the take that they show: csv files, gzipped
 * or not, with the corpus's names. The files of a take share its landmarks; where there are several, the first by name and then by path is taken. Other files are ignored.
 *
 * @throws {LandmarksError} If the folder cannot be read or holds no such file.
 */
export async function findLandmarkFiles(
  dir: string,
  corpus: Pick<Corpus, "takeOf" | "example">,
): Promise<ReadonlyMap<string, LandmarkFile>> {
  const found: (LandmarkFile & { readonly take: string })[] = [];
  for (const file of await csvFiles(dir)) {
    const take = corpus.takeOf(basename(file).replace(/\.csv(\.gz)?$/i, ""));
    if (take !== undefined) found.push({ path: join(dir, file), file, take });
  }
  if (found.length === 0) {
    throw new LandmarksError(
      dir,
      "no landmark file in it or below it; give the folder of csv or csv.gz files that are named " +
        `as their clips, such as "${corpus.example}.csv"`,
    );
  }
  const key = ({ file }: LandmarkFile) => `${basename(file)} ${file}`;
  found.sort((a, b) => key(a) < key(b) ? -1 : 1);
  return new Map(found.toReversed().map(({ take, path, file }) => [take, { path, file }]));
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
