import assert from "node:assert/strict";
import { join } from "node:path";
import { RAVDESS } from "../../src/corpus/ravdess/ravdess.ts";
import { findLandmarkFiles } from "../../src/pipeline/samples/find_landmark_files.ts";
import { withFiles } from "../with_folder.ts";

const TAKE = "01-05-01-02-01-12";

/** The files found, by take. */
async function found(dir: string): Promise<Record<string, string>> {
  return Object.fromEntries(
    Array.from(await findLandmarkFiles(dir, RAVDESS), ([take, { file }]) => [take, file]),
  );
}

Deno.test("findLandmarkFiles() finds csv files, gzipped or not, in any folder, by their take", () =>
  withFiles([
    `01-${TAKE}.csv`,
    "Actor_03/01-01-02-01-01-01-03.csv.gz",
    "a/b/01-01-02-01-01-01-04.CSV",
  ], async (dir) => {
    assert.deepEqual(await found(dir), {
      [TAKE]: `01-${TAKE}.csv`,
      "01-02-01-01-01-03": "Actor_03/01-01-02-01-01-01-03.csv.gz",
      "01-02-01-01-01-04": "a/b/01-01-02-01-01-01-04.CSV",
    });
    const clip = (await findLandmarkFiles(dir, RAVDESS)).get(TAKE)!;
    assert.equal(clip.path, join(dir, `01-${TAKE}.csv`));
  }));

Deno.test("findLandmarkFiles() takes the first by name of a take's files, then by path", async () => {
  await withFiles([`03-${TAKE}.csv`, `b/01-${TAKE}.csv`, `02-${TAKE}.csv.gz`], async (dir) => {
    assert.deepEqual(await found(dir), { [TAKE]: `b/01-${TAKE}.csv` });
  });
  await withFiles([`z/01-${TAKE}.csv`, `y/01-${TAKE}.csv`], async (dir) => {
    assert.deepEqual(await found(dir), { [TAKE]: `y/01-${TAKE}.csv` });
  });
});

Deno.test("findLandmarkFiles() ignores other files, hidden ones and links that lead nowhere", () =>
  withFiles([
    `01-${TAKE}.csv`,
    "notes.csv",
    "01-01-02-01-01-01-01.txt",
    ".01-01-02-01-01-01-01.csv",
    ".hidden/01-01-02-01-01-01-01.csv",
  ], async (dir) => {
    await Deno.symlink(join(dir, "nowhere"), join(dir, "broken"));
    assert.deepEqual(await found(dir), { [TAKE]: `01-${TAKE}.csv` });
  }));

Deno.test("findLandmarkFiles() follows links, and reads a folder once though links lead in circles", () =>
  withFiles([`there/01-${TAKE}.csv`, "here/01-01-02-01-01-01-03.csv"], async (dir) => {
    await Deno.symlink(join(dir, "there"), join(dir, "here", "linked"));
    await Deno.symlink(join(dir, "here"), join(dir, "here", "circle"));
    assert.deepEqual(await found(join(dir, "here")), {
      [TAKE]: `linked/01-${TAKE}.csv`,
      "01-02-01-01-01-03": "01-01-02-01-01-01-03.csv",
    });
  }));

Deno.test("findLandmarkFiles() names a folder that is missing, a file, or without landmarks", () =>
  withFiles(["clips/01-01-02-01-01-01-03.mp4", "clips/notes.csv"], async (dir) => {
    const refuses = (path: string, message: RegExp) =>
      assert.rejects(findLandmarkFiles(join(dir, path), RAVDESS), {
        name: "LandmarksError",
        message,
      });
    await refuses("nowhere", /nowhere: cannot be read/);
    await refuses("clips/notes.csv", /notes\.csv: cannot be read/);
    await refuses("clips", /clips: no landmark file in it or below it; give the folder/);
  }));
