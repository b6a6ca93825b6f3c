import assert from "node:assert/strict";
import { join } from "node:path";
import { readHeader } from "../../../src/corpus/audformat/header.ts";
import { readTable } from "../../../src/corpus/audformat/read_table.ts";
import { listRows } from "../../../src/corpus/manifest/list_rows.ts";
import { targetOf, writeResults } from "../../../src/predict/results/write_results.ts";
import { testCard } from "../../recognize/voice_bundle.ts";
import { withFolder } from "../../with_folder.ts";
import { oneByOne, SOME } from "./some_results.ts";

/** What is written to a file of this name. */
async function written(name: string, results = SOME): Promise<string> {
  return await withFolder(async (dir) => {
    await writeResults(join(dir, name), testCard(), oneByOne(results));
    assert.deepEqual(Array.from(Deno.readDirSync(dir), (entry) => entry.name), [name]);
    return await Deno.readTextFile(join(dir, name));
  });
}

Deno.test("results in CSV have a row a clip or part, with every probability or the error", async () => {
  const { columns, rows } = listRows(await written("r.csv"), "csv");
  assert.deepEqual(columns, [
    ...["file", "start", "end", "face", "label", "confidence", "p_calm", "p_angry", "used"],
    ...["notes", "error"],
  ]);
  assert.deepEqual(rows.map(({ values }) => Object.fromEntries(values)), [
    {
      ...{ file: "a.wav", label: "calm", confidence: "0.7500", p_calm: "0.7500" },
      ...{ p_angry: "0.2500", used: "voice" },
    },
    {
      ...{ file: 'd/b, "x".wav', start: "0.5", end: "2.25", label: "angry", confidence: "0.9000" },
      ...{ p_calm: "0.1000", p_angry: "0.9000", used: "voice", notes: "it is loud; so" },
    },
    {
      ...{ file: 'd/b, "x".wav', start: "3661", end: "3662.5" },
      error: "The sound is silent: nothing could be recognised",
    },
    {
      ...{ file: 'd/b, "x".wav', start: "3663", end: "3664", label: "calm", confidence: "0.6000" },
      ...{ p_calm: "0.6000", p_angry: "0.4000", used: "voice and face" },
    },
    { file: "c.mp4", error: "no such file" },
  ]);
});

Deno.test("results in JSON lines are those that are printed", async () => {
  const lines = (await written("r.jsonl")).trim().split("\n").map((line) => JSON.parse(line));
  assert.equal(lines.length, 5);
  assert.deepEqual(lines[4], { clip: "c.mp4", error: "no such file" });
  const { clip, start, end, label, probabilities } = lines[1];
  assert.deepEqual([clip, start, end, label], ['d/b, "x".wav', 0.5, 2.25, "angry"]);
  assert.deepEqual(probabilities, { calm: 0.1, angry: 0.9 });
});

Deno.test("subtitles show what was recognised while it lasts", async () => {
  const recording = [SOME[1]];
  assert.equal(
    await written("r.srt", recording),
    "1\n00:00:00,500 --> 00:00:02,250\nangry 90 %\n\n" +
      "2\n01:01:03,000 --> 01:01:04,000\ncalm 60 %\n\n",
  );
  assert.equal(
    await written("r.vtt", recording),
    "WEBVTT\n\n00:00:00.500 --> 00:00:02.250\nangry 90 %\n\n" +
      "01:01:03.000 --> 01:01:04.000\ncalm 60 %\n\n",
  );
});

Deno.test("results in audformat are read as they were written", async () => {
  await withFolder(async (dir) => {
    await writeResults(
      dir,
      testCard(),
      oneByOne(SOME.with(0, {
        ...SOME[0],
        clip: { file: "a.wav", path: join(dir, "a.wav") },
      })),
    );
    const { tables, name } = readHeader(await Deno.readTextFile(join(dir, "db.yaml")));
    assert.equal(name, "emofuse-predictions");
    assert.deepEqual(tables[0].columns[0], { name: "emotion", scheme: "emotion" });
    const { rows } = await readTable(dir, tables[0]);
    const at = rows.map(({ values }) =>
      ["file", "start", "end", "emotion"].map((c) => values.get(c))
    );
    assert.deepEqual(at, [
      ["a.wav", "0", undefined, "calm"],
      ['/c/d/b, "x".wav', "0.5", "2.25", "angry"],
      ['/c/d/b, "x".wav', "3661", "3662.5", undefined],
      ['/c/d/b, "x".wav', "3663", "3664", "calm"],
      ["/elsewhere/c.mp4", "0", undefined, undefined],
    ]);
    assert.equal(rows[1].values.get("p_angry"), "0.9000");
  });
});

Deno.test("targetOf() knows files of all clips, of one recording, and folders", () => {
  const targets = ["/a/r.CSV", "/a/r.vtt", "/a/results", "/a/r.xlsx"].map(targetOf);
  assert.deepEqual(targets, ["file", "timed", "folder", undefined]);
});
