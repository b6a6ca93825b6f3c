import assert from "node:assert/strict";
import { describeCorpus, type InspectedClip } from "../../src/corpus/describe.ts";
import { formatDescription } from "../../src/corpus/format_description.ts";
import type { ScannedCorpus } from "../../src/corpus/scan.ts";
import { ravdessCorpus } from "./ravdess_corpus.ts";

function corpus(...files: string[]): ScannedCorpus {
  return ravdessCorpus(files, [{ file: "holiday.mp4", reason: "not a RAVDESS name" }]);
}

const mixed = corpus(
  "Actor_01/01-01-02-01-01-01-01.mp4",
  "Actor_01/01-01-02-01-02-01-01.mp4",
  "Actor_02/01-01-05-01-01-01-02.mp4",
  "Actor_01/02-01-02-01-01-01-01.mp4",
  "Actor_02/02-02-05-01-01-01-02.mp4",
  "Actor_01/03-01-02-01-02-01-01.wav",
);

/** The lengths 3, 3.5, 4, ... in the order of the clips; `02-` clips are silent, `.wav` have no picture. */
function inspect(path: string): Promise<InspectedClip> {
  const index = mixed.clips.findIndex((clip) => clip.path === path);
  return Promise.resolve({
    seconds: 3 + index / 2,
    hasPicture: !path.endsWith(".wav"),
    hasSound: true,
    silent: path.includes("/02-"),
  });
}

Deno.test("describeCorpus() counts clips, performances, durations, twins, siblings and silence", async () => {
  const found = await describeCorpus(mixed, inspect);
  assert.equal(found.clips, 6);
  assert.equal(found.takes, 4);
  assert.deepEqual(found.speakers, ["1", "2"]);
  assert.deepEqual(found.labels, ["calm", "angry"]);
  assert.deepEqual(found.modalities, { "audio-video": 3, "video-only": 2, "audio-only": 1 });
  assert.deepEqual(found.attributes, { channels: { speech: 5, song: 1 } });
  const counts = found.counts.map(({ speaker, label, clips, takes }) => [
    speaker,
    label,
    clips,
    takes,
  ]);
  assert.deepEqual(counts, [
    ["1", "calm", 4, 2],
    ["1", "angry", 0, 0],
    ["2", "calm", 0, 0],
    ["2", "angry", 2, 2],
  ]);
  assert.deepEqual(found.seconds, { min: 3, median: 4.25, max: 5.5 });
  assert.deepEqual(found.twins, [{
    performance: "01-02-01-01-01-01",
    take: "01-02-01-01-01-01",
    files: ["Actor_01/01-01-02-01-01-01-01.mp4", "Actor_01/02-01-02-01-01-01-01.mp4"],
  }]);
  assert.deepEqual(found.siblings, [{
    performance: "01-02-01-02-01-01",
    take: "01-02-01-02-01-01",
    files: ["Actor_01/01-01-02-01-02-01-01.mp4", "Actor_01/03-01-02-01-02-01-01.wav"],
  }]);
  assert.deepEqual(found.silent, [
    "Actor_01/02-01-02-01-01-01-01.mp4",
    "Actor_02/02-02-05-01-01-01-02.mp4",
  ]);
  assert.deepEqual(found.soundMissing, []);
  assert.deepEqual(found.pictureMissing, []);
});

Deno.test("describeCorpus() keeps the fields that descriptions of RAVDESS always had", async () => {
  const found = { ...await describeCorpus(mixed, inspect) } as Record<string, unknown>;
  assert.deepEqual(found.performances, 4);
  assert.deepEqual(found.actors, [1, 2]);
  assert.deepEqual(found.emotions, ["calm", "angry"]);
  assert.deepEqual(found.channels, { speech: 5, song: 1 });
  const [first] = found.counts as Record<string, unknown>[];
  const { actor, emotion, clips, performances } = first;
  assert.deepEqual([actor, emotion, clips, performances], [1, "calm", 4, 2]);
});

Deno.test("describeCorpus() lists clips that cannot be read with their reason and counts the rest", async () => {
  const found = await describeCorpus(mixed, (path) => {
    if (path.endsWith("/01-01-02-01-01-01-01.mp4")) {
      return Promise.reject(Object.assign(new Error("long text"), { reason: "file is empty" }));
    }
    if (path.endsWith(".wav")) return Promise.reject(new Error("not a media file"));
    return inspect(path);
  });
  assert.deepEqual(
    found.skipped,
    [
      { file: "Actor_01/01-01-02-01-01-01-01.mp4", reason: "file is empty" },
      { file: "Actor_01/03-01-02-01-02-01-01.wav", reason: "not a media file" },
      { file: "holiday.mp4", reason: "not a RAVDESS name" },
    ].filter(({ file }) => !file.includes("/02-")),
  );
  assert.equal(found.clips, 4);
  assert.equal(found.twins.length, 0);
});

Deno.test("describeCorpus() names clips that lack the sound or picture their name promises", async () => {
  const found = await describeCorpus(
    mixed,
    () => Promise.resolve({ seconds: 1, hasPicture: false, hasSound: false, silent: false }),
  );
  assert.deepEqual(found.pictureMissing, mixed.clips.slice(0, 5).map(({ file }) => file));
  assert.deepEqual(found.soundMissing, [0, 1, 2, 5].map((i) => mixed.clips[i].file));
  assert.deepEqual(found.silent, []);
});

Deno.test("describeCorpus() works on as many clips at once as it is told and gives the same result", async () => {
  let running = 0;
  let most = 0;
  const seen: [number, number][] = [];
  const found = await describeCorpus(mixed, async (path) => {
    most = Math.max(most, ++running);
    // Later clips finish first.
    for (let turn = path.length % 7; turn >= 0; turn--) await Promise.resolve();
    running--;
    return await inspect(path);
  }, { concurrency: 3, onProgress: (done, total) => seen.push([done, total]) });
  assert.equal(most, 3);
  assert.deepEqual(seen, [1, 2, 3, 4, 5, 6].map((done) => [done, 6]));
  assert.deepEqual(found, await describeCorpus(mixed, inspect));
  await assert.rejects(describeCorpus(mixed, inspect, { concurrency: 0 }), RangeError);
});

Deno.test("describeCorpus() describes a corpus in which nothing can be read", async () => {
  const found = await describeCorpus(mixed, () => Promise.reject(new Error("broken")));
  assert.equal(found.clips, 0);
  assert.equal(found.seconds, null);
  assert.equal(found.skipped.length, 7);
});

Deno.test("formatDescription() shows the table and every finding", async () => {
  const text = formatDescription(await describeCorpus(mixed, inspect));
  assert.match(text, /^6 clips of 4 performances: 2 actors, 2 emotions/);
  assert.match(text, /│ 01 +│ +4 \(2\) │ +0 │ +4 \(2\) │/);
  assert.match(text, /│ all +│ +4 \(2\) │ +2 │ +6 \(4\) │/);
  assert.match(text, /Files: +3 audio-video \(01-\), 2 video-only \(02-\), 1 audio-only \(03-\)/);
  assert.match(text, /shortest 3\.00 s, median 4\.25 s, longest 5\.50 s/);
  assert.match(text, /Twins: +1 performance /);
  assert.match(text, /Siblings: +1 performance /);
  assert.match(text, /Silent: +2 files .*as RAVDESS publishes them/);
  assert.match(text, /Skipped: +1 file\n {2}holiday\.mp4: not a RAVDESS name$/);
  assert.ok(!text.includes("\u001b"), "no terminal colours");
});

Deno.test("formatDescription() says first that a corpus is synthetic", async () => {
  const found = await describeCorpus(mixed, inspect, { synthetic: true });
  assert.equal(found.synthetic, true);
  assert.match(formatDescription(found), /^SYNTHETIC CORPUS: /);
});

Deno.test("formatDescription() points at silence that a name does not explain", async () => {
  const found = await describeCorpus(
    mixed,
    async (path) => ({ ...await inspect(path), silent: path.includes("03-") }),
  );
  assert.match(formatDescription(found), /unexpected: Actor_01\/03-01-02-01-02-01-01\.wav/);
});

Deno.test("describeCorpus() reads a copy where the first file of a name cannot be", async () => {
  const file = "01-01-02-01-01-01-01.mp4";
  const all = corpus(...["a", "b", "c"].map((folder) => `${folder}/${file}`));
  const [first, ...copies] = all.clips;
  const found = await describeCorpus(
    { ...all, clips: [{ ...first, copies }], skipped: [] },
    (path) =>
      path.startsWith("/data/a/")
        ? Promise.reject(new Error("file is empty"))
        : Promise.resolve({ seconds: 3, hasPicture: true, hasSound: true, silent: false }),
  );
  assert.equal(found.clips, 1);
  assert.deepEqual(found.skipped, [
    { file: `a/${file}`, reason: "file is empty" },
    { file: `c/${file}`, reason: `same name as b/${file}, which is used instead` },
  ]);
});

Deno.test("describeCorpus() tells of a track that cannot be used, and of what is odd", async () => {
  const found = await describeCorpus(corpus("01-01-02-01-01-01-01.mp4"), () =>
    Promise.resolve({
      ...{ seconds: 3, hasPicture: false, hasSound: true, silent: false },
      problems: { picture: { reason: "its picture is AV1" } },
      warnings: ["its peak is 20000"],
    }));
  const reasons = ["its picture is AV1", "its peak is 20000"];
  assert.deepEqual(found.warnings.map(({ reason }) => reason), reasons);
  assert.deepEqual(found.pictureMissing, ["01-01-02-01-01-01-01.mp4"]);
  for (const reason of reasons) assert.match(formatDescription(found), new RegExp(reason));
});
