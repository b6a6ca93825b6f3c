import assert from "node:assert/strict";
import { dirname, join, parse } from "node:path";
import { encodeClip } from "../../src/media/encode_clip.ts";
import type { SplitLeak } from "../../src/audit/split_leak.ts";
import { voice } from "../audit/voices.ts";
import { callTask } from "./cli.ts";

/** Name of a RAVDESS clip, the first field apart. */
function take(emotion: number, statement: number, actor: number): string {
  return `01-0${emotion}-01-0${statement}-01-0${actor}`;
}

/** Writes files into a folder, with the folders that they are in. */
async function writeFiles(
  dir: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  for (const [file, content] of Object.entries(files)) {
    const path = join(dir, file);
    await Deno.mkdir(dirname(path), { recursive: true });
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(path, bytes);
  }
}

/** A corpus with a leak of each kind between its clips: who is trained on, and who is tested. */
async function writeLeakyCorpus(dir: string) {
  const [one, two, three, four, five] = await Promise.all(
    [1, 2, 3, 4, 5].map((seed) => encodeClip({ samples: voice(seed) }, "wav")),
  );
  const frames = new Uint8Array(10 * 16 * 16 * 3).fill(90);
  const film = await encodeClip(
    { frames, width: 16, height: 16, fps: 5, samples: voice(6) },
    "mp4",
  );
  // The same recording: cut, softer, and through a lossy codec.
  const cut = voice(7).subarray(3000).map((x) => 0.4 * x);
  const coded = await encodeClip(
    { frames, width: 16, height: 16, fps: 5, samples: cut },
    "mp4",
  );
  const train = {
    [`clips/03-${take(2, 1, 1)}.wav`]: one,
    [`clips/03-${take(5, 1, 2)}.wav`]: three,
    [`clips/03-${take(2, 1, 3)}.wav`]: four,
    [`clips/03-${take(2, 1, 4)}.wav`]: await encodeClip({ samples: voice(7) }, "wav"),
  };
  const test = {
    [`clips/03-${take(5, 2, 1)}.wav`]: two,
    [`clips/01-${take(5, 1, 2)}.mp4`]: film,
    [`clips/03-${take(2, 2, 5)}.wav`]: four,
    [`clips/01-${take(5, 2, 6)}.mp4`]: coded,
  };
  const open = { [`clips/03-${take(2, 2, 7)}.wav`]: five };
  await writeFiles(dir, { ...train, ...test, ...open });
  return { train: Object.keys(train), test: Object.keys(test), open: Object.keys(open) };
}

/** The clips of all groups of each kind, without their folder and extension. */
function clipsByKind(leaks: readonly SplitLeak[]): Record<string, string[][]> {
  const nameOf = (file: string) => parse(file).name;
  return Object.fromEntries(leaks.map(({ kind, groups }) => [
    kind,
    groups.map(({ files }) => files.map(({ file }) => nameOf(file)).sort()),
  ]));
}

Deno.test("audit finds each kind of leak in a split that has them all, and names the files", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const { train, test, open } = await writeLeakyCorpus(dir);
    const rows = [
      ...train.map((file) => [file, "train"]),
      ...test.map((file) => [file, "test"]),
      ...open.map((file) => [file, ""]),
      [train[2], "test"],
      ["clips/lost.wav", "test"],
    ];
    await writeFiles(dir, {
      "split.csv": `file,split\n${rows.map((row) => row.join(",")).join("\n")}\n`,
    });
    const args = ["--data", "clips", "--split", "split.csv", "--workers", "2"];
    const json = await callTask("audit", [...args, "--json"], { from: dir });
    assert.equal(json.code, 1, json.said);
    const audit = JSON.parse(json.out);
    assert.equal(audit.schema, "emofuse.audit/1");
    assert.deepEqual(audit.sides, { train: 4, test: 4 });
    const id = (modality: string, ...of: [number, number, number]) => `${modality}-${take(...of)}`;
    assert.deepEqual(clipsByKind(audit.leaks), {
      files: [[id("03", 2, 1, 3), id("03", 2, 1, 3)]],
      bytes: [[id("03", 2, 1, 3), id("03", 2, 2, 5)]],
      speakers: [
        [id("01", 5, 1, 2), id("03", 5, 1, 2)],
        [id("03", 2, 1, 1), id("03", 5, 2, 1)],
      ],
      takes: [[id("01", 5, 1, 2), id("03", 5, 1, 2)]],
      sound: [[id("01", 5, 2, 6), id("03", 2, 1, 4)]],
      missing: [["lost"]],
      unlisted: [[id("03", 2, 2, 7)]],
    });

    const text = await callTask("audit", args, { from: dir });
    assert.equal(text.code, 1);
    assert.match(
      text.out,
      /^split\.csv leaks: 8 files \(train 4, test 4\), of which 8 were heard\n/,
    );
    for (
      const line of [
        /^files on two sides: 1\n {2}03-01-02-01-01-01-03\.wav: train, test$/m,
        /^files of equal bytes on two sides: 1\n {2}.*03\.wav \(train\) = .*05\.wav \(test\)$/m,
        /^actors on two sides: 2\n {2}actor 2: 1 in test \(.*\), 1 in train \(.*\)$/m,
        /^performances on two sides: 1\n {2}performance 01-05-01-01-01-02: 01-.*\(test\) and 03-.*\(train\)$/m,
        /^recordings of nearly equal sound on two sides: 1\n {2}.* ~ .*: \d\d % alike$/m,
        /^files that are not in the folder: 1\n {2}clips\/lost\.wav, line 12 of split\.csv: no such file$/m,
        /^files in no fold: 1\n {2}03-01-02-01-02-01-07\.wav$/m,
      ]
    ) assert.match(text.out, line);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("audit says in one line that a split has no leak, however it is given", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const sounds = await Promise.all(
      [1, 2, 3, 4].map((seed) => encodeClip({ samples: voice(seed) }, "wav")),
    );
    await writeFiles(dir, {
      [`clips/03-${take(2, 1, 1)}.wav`]: sounds[0],
      [`clips/03-${take(5, 1, 1)}.wav`]: sounds[1],
      [`clips/03-${take(2, 1, 2)}.wav`]: sounds[2],
      [`clips/03-${take(5, 1, 2)}.wav`]: sounds[3],
      "a.txt": `03-${take(2, 1, 1)}\n03-${take(5, 1, 1)}.mp3\n`,
      "b.txt": `set/03-${take(2, 1, 2)}.wav\n03-${take(5, 1, 2)}.wav\n`,
      "a.jsonl": `{"file": "03-${take(2, 1, 1)}.wav"}\n`,
    });
    const cases: [string[], string, string[]][] = [
      [
        ["--split", "a.txt", "b.txt"],
        "a.txt, b.txt: no leak among 4 files (a 2, b 2), of which 4",
        [],
      ],
      [
        ["--train", "a.txt", "--test", "b.txt"],
        "a.txt, b.txt: no leak among 4 files (train 2, test 2)",
        [],
      ],
      [["--split", "luna-jimenez"], "luna-jimenez: no leak among 4 files (fold-1 2, fold-5 2)", []],
      [["--train", "a.jsonl", "--test", "b.txt"], "a.jsonl, b.txt: no leak among 3 files", [
        "not used by the split: 1 file of the folder",
      ]],
    ];
    for (const [flags, says, remarks] of cases) {
      const { code, out, err } = await callTask(
        "audit",
        ["--data", "clips", ...flags, "--workers", "1"],
        { from: dir },
      );
      assert.equal(code, 0, err.join("\n"));
      assert(out.startsWith(says), out);
      assert.equal(out.split("\n").length, 2);
      assert.deepEqual(err.filter((line) => !line.startsWith("audit ")), remarks);
    }
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("audit of files with names of their own takes speakers of a column, and says what it cannot know", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const sounds = await Promise.all(
      [1, 2].map((seed) => encodeClip({ samples: voice(seed) }, "wav")),
    );
    await writeFiles(dir, {
      "clips/a.wav": sounds[0],
      "clips/b.wav": sounds[1],
      "clips/c.wav": "no sound at all",
      "with.csv": "file,fold,speaker\na.wav,1,JK\nb.wav,2,JK\nc.wav,2,DC\n",
      "without.csv": "file,fold\na.wav,1\nb.wav,2\nc.wav,2\n",
    });
    const audit = (list: string) =>
      callTask("audit", ["--data", "clips", "--split", list, "--workers", "1"], { from: dir });
    const known = await audit("with.csv");
    assert.equal(known.code, 1);
    assert.match(
      known.out,
      /^speakers on two sides: 1\n {2}speaker JK: 1 in 1 \(a\.wav\), 1 in 2 /m,
    );
    const unknown = await audit("without.csv");
    assert.equal(unknown.code, 0, unknown.out);
    assert.match(unknown.out, /^without\.csv: no leak among 3 files/);
    assert.match(unknown.said, /^sound not compared of 1 file: c\.wav, /m);
    assert.match(
      unknown.said,
      /^speakers not compared of 3 files: neither their names nor a column/m,
    );
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("audit refuses a split that is none with one line and exit code 2", async () => {
  const dir = await Deno.makeTempDir();
  try {
    await writeFiles(dir, {
      "a.wav": await encodeClip({ samples: voice(1) }, "wav"),
      "one.csv": "file,fold\na.wav,1\n",
      "other.csv": "name,number\na.wav,1\n",
      "a.txt": "a.wav\n",
    });
    const cases: [string[], RegExp][] = [
      [["--split", "one.csv"], /--split one\.csv: all files are in 1: a split needs two sides/],
      [["--split", "other.csv"], /--split other\.csv: no column of files among name, number/],
      [["--split", "a.txt"], /--split a\.txt: a list of files alone tells no fold/],
      [["--split", "lost.csv"], /--split lost\.csv cannot be read: /],
      [["--train", "a.txt"], /--test is missing beside --train/],
      [["--test", "a.txt"], /--train is missing beside --test/],
      [["--train", "a.txt", "--test", "lost.txt"], /--test lost\.txt cannot be read: /],
      [["--split", "one.csv", "--test", "a.txt"], /--split does not go with --test/],
    ];
    for (const [flags, says] of cases) {
      const { code, out, err } = await callTask("audit", ["--data", ".", ...flags], { from: dir });
      assert.deepEqual([code, out, err.length], [2, "", 1], err.join("\n"));
      assert.match(err[0], says);
    }
    const lost = await callTask("audit", ["--data", "lost", "--split", "one.csv"], { from: dir });
    assert.deepEqual([lost.code, lost.out], [2, ""]);
    assert.match(lost.err.at(-1)!, /lost: no such folder/);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
