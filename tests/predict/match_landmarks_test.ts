import assert from "node:assert/strict";
import { join } from "node:path";
import { matchLandmarks } from "../../src/predict/landmarks/match_landmarks.ts";
import { LandmarksError } from "../../src/vision/landmarks/landmarks_error.ts";
import { withFiles } from "../with_folder.ts";

const clipsOf = (...names: string[]) => names.map((file) => ({ file, path: `/clips/${file}` }));

Deno.test("matchLandmarks() finds the file of a clip's own name, else of the same take", () =>
  withFiles([
    "deep/talk.csv.gz",
    "01-01-05-01-02-01-12.csv",
    "03-01-05-01-02-01-11.csv",
    "01-01-05-01-02-01-11.csv",
    "notes.txt",
  ], async (dir) => {
    const clips = clipsOf(
      ...["talk.wav", "03-01-05-01-02-01-12.flac", "03-01-05-01-02-01-11.wav", "other.mp4"],
    );
    assert.deepEqual((await matchLandmarks(clips, dir)).map(({ landmarks }) => landmarks), [
      join(dir, "deep/talk.csv.gz"),
      join(dir, "01-01-05-01-02-01-12.csv"),
      join(dir, "03-01-05-01-02-01-11.csv"),
      undefined,
    ]);
  }));

Deno.test("matchLandmarks() takes a file of any name for one clip, and refuses it for several", () =>
  withFiles(["points.csv"], async (dir) => {
    const path = join(dir, "points.csv");
    const [clip] = await matchLandmarks(clipsOf("a.mp4"), path);
    assert.equal(clip.landmarks, path);
    await assert.rejects(
      matchLandmarks(clipsOf("a.mp4", "b.mp4"), path),
      (error) => error instanceof LandmarksError && /is one file for 2 clips/.test(error.message),
    );
    for (
      const [where, message] of [[dir, /no landmark file of these/], ["/nowhere", /cannot be/]]
    ) {
      await assert.rejects(
        matchLandmarks(clipsOf("a.mp4"), where as string),
        (error) => error instanceof LandmarksError && (message as RegExp).test(error.message),
      );
    }
  }));
