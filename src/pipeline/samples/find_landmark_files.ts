import { basename, join } from "node:path";
import type { Corpus } from "../../corpus/corpus.ts";
import { LandmarksError } from "../../vision/landmarks/landmarks_error.ts";
import { landmarkStem, listLandmarkFiles } from "../../vision/landmarks/list_landmark_files.ts";
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
  for (const file of await listLandmarkFiles(dir)) {
    const take = corpus.takeOf(landmarkStem(file));
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
