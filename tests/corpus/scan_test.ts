import assert from "node:assert/strict";
import { join } from "node:path";
import { CorpusError } from "../../src/corpus/corpus_error.ts";
import { scanCorpus } from "../../src/corpus/scan.ts";
import { ravdessTest } from "../ravdess.ts";
import { withFiles } from "../with_folder.ts";

Deno.test("scanCorpus() finds clips at any depth, ordered by their fields, not by folder", async () => {
  const files = [
    "b/01-01-02-01-01-01-01.mp4",
    "a/deep/er/03-01-02-01-01-01-02.FLAC",
    "02-01-02-01-01-01-01.mkv",
    "z/01-01-02-01-01-01-02.mp4",
  ];
  await withFiles(files, async (dir) => {
    const { clips, skipped } = await scanCorpus(dir);
    assert.deepEqual(clips.map((clip) => clip.file), [
      "b/01-01-02-01-01-01-01.mp4",
      "z/01-01-02-01-01-01-02.mp4",
      "02-01-02-01-01-01-01.mkv",
      "a/deep/er/03-01-02-01-01-01-02.FLAC",
    ]);
    assert.deepEqual(skipped, []);
    assert.equal(clips[0].path, join(dir, "b", "01-01-02-01-01-01-01.mp4"));
    assert.equal(clips[0].take, clips[2].take);
  });
});

Deno.test("scanCorpus() ignores hidden files, hidden folders and files that are not media", async () => {
  const files = [
    "01-01-02-01-01-01-01.mp4",
    "._01-01-02-01-01-01-01.mp4",
    ".cache/01-01-05-01-01-01-01.mp4",
    "README.md",
    "labels.csv",
  ];
  await withFiles(files, async (dir) => {
    const { clips, skipped } = await scanCorpus(dir);
    assert.deepEqual(clips.map((clip) => clip.file), ["01-01-02-01-01-01-01.mp4"]);
    assert.deepEqual(skipped, []);
  });
});

Deno.test("scanCorpus() skips a misnamed media file and says which field is wrong", async () => {
  const files = ["01-01-02-01-01-01-01.mp4", "x/01-01-99-01-01-01-01.mp4", "holiday.wav"];
  await withFiles(files, async (dir) => {
    const { clips, skipped } = await scanCorpus(dir);
    assert.equal(clips.length, 1);
    assert.deepEqual(skipped.map((file) => file.file), [
      "holiday.wav",
      "x/01-01-99-01-01-01-01.mp4",
    ]);
    assert.match(skipped[1].reason, /^emotion \(field 3\) is "99"/);
  });
});

Deno.test("scanCorpus() keeps files of one name together, whatever they hold", async () => {
  const files = [
    "b/01-01-02-01-01-01-01.mp4",
    "a/01-01-02-01-01-01-01.mp4",
    "c/01-01-02-01-01-01-01.wav",
  ];
  await withFiles(files, async (dir) => {
    const { clips, skipped } = await scanCorpus(dir);
    assert.deepEqual(clips.map((clip) => clip.file), ["a/01-01-02-01-01-01-01.mp4"]);
    assert.deepEqual(clips[0].copies?.map((clip) => clip.file), [files[0], files[2]]);
    assert.deepEqual(skipped, []);
  });
});

Deno.test("scanCorpus() follows links once and ends on loops", async () => {
  await withFiles(["real/01-01-02-01-01-01-01.mp4"], async (dir) => {
    await Deno.symlink(join(dir, "real"), join(dir, "a_link_that_sorts_first"));
    await Deno.symlink(dir, join(dir, "real", "loop"));
    await Deno.symlink(join(dir, "nowhere"), join(dir, "01-01-05-01-01-01-01.mp4"));
    await Deno.symlink("02-01-05-01-01-01-01.mp4", join(dir, "02-01-05-01-01-01-01.mp4"));
    const { clips, skipped } = await scanCorpus(dir);
    assert.deepEqual(clips.map((clip) => clip.file), ["real/01-01-02-01-01-01-01.mp4"]);
    assert.deepEqual(skipped.map((file) => file.file), [
      "01-01-05-01-01-01-01.mp4",
      "02-01-05-01-01-01-01.mp4",
    ]);
  });
});

Deno.test("scanCorpus() reads folders and files that are only linked", async () => {
  await withFiles(["01-01-02-01-01-01-01.mp4"], async (elsewhere) => {
    await withFiles(["notes.txt"], async (dir) => {
      await Deno.symlink(elsewhere, join(dir, "linked"));
      const { clips } = await scanCorpus(dir);
      assert.deepEqual(clips.map((clip) => clip.file), ["linked/01-01-02-01-01-01-01.mp4"]);
    });
  });
});

Deno.test("scanCorpus() throws for a missing folder, a file, and a folder without media", async () => {
  await withFiles(["notes.txt", "empty/notes.txt"], async (dir) => {
    const cases: [string, RegExp][] = [
      ["missing", /no such folder/],
      ["notes.txt", /not a folder/],
      ["empty", /no audio or video file/],
    ];
    for (const [path, message] of cases) {
      await assert.rejects(scanCorpus(join(dir, path)), (error: unknown) => {
        assert.ok(error instanceof CorpusError);
        assert.match(error.message, message);
        assert.ok(error.message.startsWith(`${join(dir, path)}: `));
        return true;
      });
    }
  });
});

Deno.test("scanCorpus() keeps a folder whose media are all misnamed: the caller decides", async () => {
  await withFiles(["holiday.mp4"], async (dir) => {
    const { clips, skipped } = await scanCorpus(dir);
    assert.equal(clips.length, 0);
    assert.equal(skipped.length, 1);
  });
});

Deno.test({
  name: "scanCorpus() throws for a folder that may not be read",
  permissions: { read: false },
  fn: async () => {
    await assert.rejects(scanCorpus("/forbidden"), {
      name: "CorpusError",
      message: /may not be read/,
    });
  },
});

ravdessTest("scanCorpus() reads real RAVDESS folders", async (dir) => {
  const { clips, skipped } = await scanCorpus(join(dir, "original"));
  assert.deepEqual(skipped, []);
  assert.equal(clips.length, 24);
  assert.equal(clips.filter((clip) => clip.tracks.sound === "silent").length, 11);
});
