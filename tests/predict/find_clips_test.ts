import assert from "node:assert/strict";
import { CorpusError } from "../../src/corpus/corpus_error.ts";
import { findClips } from "../../src/predict/find_clips.ts";
import { withFiles } from "../with_folder.ts";

const FILES = {
  "takes/b.wav": "",
  "takes/deep/a.MP4": "",
  "takes/notes.txt": "",
  "takes/.hidden.wav": "",
  "[1].wav": "",
  "odd.dat": "",
  "empty/notes.txt": "",
};

async function found(paths: readonly string[], more: Record<string, string> = {}) {
  let clips: Awaited<ReturnType<typeof findClips>> = [];
  await withFiles({ ...FILES, ...more }, async (dir) => {
    clips = (await findClips(paths, dir)).map((clip) => ({
      ...clip,
      path: clip.path.slice(dir.length + 1),
    }));
  });
  return clips;
}

Deno.test("findClips() takes media files below folders, by the name that the user knows", async () => {
  assert.deepEqual(await found(["takes", "takes/b.wav"]), [
    { file: "takes/b.wav", path: "takes/b.wav" },
    { file: "takes/deep/a.MP4", path: "takes/deep/a.MP4" },
  ]);
});

Deno.test("findClips() takes files of any name, and missing ones, as they are", async () => {
  const files = (await found(["odd.dat", "[1].wav", "gone.wav"])).map(({ file }) => file);
  assert.deepEqual(files, ["odd.dat", "[1].wav", "gone.wav"]);
});

Deno.test("findClips() expands patterns to media files and to what lies in folders", async () => {
  const files = async (pattern: string) => (await found([pattern])).map(({ file }) => file);
  assert.deepEqual(await files("t*"), ["takes/b.wav", "takes/deep/a.MP4"]);
  assert.deepEqual(await files("takes/*.wav"), ["takes/b.wav"]);
  assert.deepEqual(await files("takes/**/*.{mp4,MP4}"), ["takes/deep/a.MP4"]);
  assert.deepEqual(await files("./takes/*/a.*"), ["takes/deep/a.MP4"]);
  await assert.rejects(files("takes/*.txt"), CorpusError);
});

Deno.test("findClips() says that a folder holds no media", async () => {
  await assert.rejects(found(["empty"]), /empty: no audio or video file in it or below it/);
});

Deno.test("findClips() reads lists without labels, with parts and with rows that are wrong", async () => {
  const more = {
    "lists/clips.tsv": "file\tstart\tend\tmood\n../takes/b.wav\t\t\todd\n../takes/b.wav\t1\t2\t\n" +
      "\t\t\tx\n../takes/b.wav\t3\t2\t\n",
    "lists/clips.jsonl": '{"file": "../takes/deep/a.MP4", "start": 4}\n',
  };
  const clips = await found(["lists/clips.tsv", "lists/clips.jsonl"], more);
  const file = { file: "takes/b.wav", path: "takes/b.wav" };
  assert.deepEqual(clips, [
    file,
    { ...file, span: { start: 1, end: 2 } },
    {
      file: "lists/clips.tsv",
      path: "lists/clips.tsv",
      reason: 'line 4 of clips.tsv: no "file"',
    },
    { ...file, reason: "line 5 of clips.tsv: it ends at 2 s, not after its start at 3 s" },
    { file: "takes/deep/a.MP4", path: "takes/deep/a.MP4", span: { start: 4 } },
  ]);
  await assert.rejects(
    found(["clips.csv"], { "clips.csv": "name,label\na,b\n" }),
    /clips\.csv: no column "file"; it has "name", "label"/,
  );
});
