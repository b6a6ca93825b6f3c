import { stat } from "node:fs/promises";
import { join, parse } from "node:path";
import type { Corpus } from "../../corpus/corpus.ts";
import { CORPORA } from "../../corpus/registry.ts";
import { LandmarksError } from "../../vision/landmarks/landmarks_error.ts";
import { landmarkStem, listLandmarkFiles } from "../../vision/landmarks/list_landmark_files.ts";
import type { ClipFile } from "../clip_file.ts";

/**
 * The same clips with their landmark files. Of a folder each clip gets the file that has its name, or else one that a
 * corpus names as the same take. Where there are several, the first by name and then by path is taken; a clip
 * without one stays as it is.
 *
 * @param path A landmark file, where there is one clip, or a folder of them.
 *
 * @throws {LandmarksError} If it cannot be read, is a file although there are several clips, or the folder holds no
 * landmark file of any of them.
 *
 * @example
 * ```ts
 * import { matchLandmarks } from "./match_landmarks.ts";
 * import assert from "node:assert/strict";
 *
 * const dir = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${dir}/take1.csv`, "");
 * const clips = ["take1.mp4", "take2.mp4"].map((file) => ({ file, path: `/clips/${file}` }));
 * const [first, second] = await matchLandmarks(clips, dir);
 * assert.equal(first.landmarks, `${dir}/take1.csv`);
 * assert.equal(second.landmarks, undefined);
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export async function matchLandmarks(
  clips: readonly ClipFile[],
  path: string,
): Promise<ClipFile[]> {
  if (await isFile(path)) {
    if (clips.length > 1) {
      throw new LandmarksError(
        path,
        `is one file for ${clips.length} clips: give a folder of them`,
      );
    }
    return clips.map((clip) => ({ ...clip, landmarks: path }));
  }
  const files = (await listLandmarkFiles(path)).toSorted((a, b) => key(a) < key(b) ? -1 : 1);
  const stems = firsts(files, landmarkStem);
  const takes = CORPORA.map((corpus) => ({
    corpus,
    files: firsts(files, (file) => takeOf(corpus, landmarkStem(file))),
  }));
  const found = clips.map((clip) => {
    const stem = parse(clip.path).name;
    const file = stems.get(stem) ??
      takes.flatMap(({ corpus, files }) => files.get(takeOf(corpus, stem)) ?? [])[0];
    return file === undefined ? clip : { ...clip, landmarks: join(path, file) };
  });
  if (found.every(({ landmarks }) => landmarks === undefined)) {
    throw new LandmarksError(
      path,
      "no landmark file of these clips in it or below it; give csv or csv.gz files that are named " +
        "as the clips",
    );
  }
  return found;
}

/** Names sort before the folders that they lie in. */
function key(file: string): string {
  return `${landmarkStem(file)} ${file}`;
}

/** The first file of each name; files without one are left out. */
function firsts(
  files: readonly string[],
  nameOf: (file: string) => string | undefined,
): Map<string | undefined, string> {
  const found = new Map<string | undefined, string>();
  for (const file of files) {
    const name = nameOf(file);
    if (name !== undefined && !found.has(name)) found.set(name, file);
  }
  return found;
}

function takeOf({ takeOf }: Pick<Corpus, "takeOf">, stem: string): string | undefined {
  return takeOf(stem);
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    // Who lists it as a folder says what is wrong with it.
    return false;
  }
}
