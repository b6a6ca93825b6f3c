import assert from "node:assert/strict";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { decodeSafetensors } from "../../src/numeric/safetensors.ts";
import { DEFAULT_CONFIG, type RunConfig } from "../../src/pipeline/config.ts";
import { extractCorpus } from "../../src/pipeline/extract/extract_corpus.ts";
import { sampleFeatures } from "../../src/pipeline/extract/sample_features.ts";
import { openStore } from "../../src/pipeline/store/open_store.ts";
import { planRecipes } from "../../src/pipeline/recipes/plan_recipes.ts";
import { findSamples } from "../../src/pipeline/samples/find_samples.ts";
import { callTask } from "./cli.ts";
import { writeToneCorpus } from "./tone_corpus.ts";

/** The features of a run with the recipes of both sets, side by side: a row a sample. */
async function rowsOfRun(data: string, store: string): Promise<number[][]> {
  const recipes = planRecipes(["statistics", "tutorial"]);
  const config: RunConfig = { ...DEFAULT_CONFIG, modality: "audio", recipes };
  const { samples } = await findSamples(config, { data }, { mergeTwins: false });
  const opened = await openStore({ store });
  const { extracted } = await extractCorpus(config, { workers: 1, weights: undefined }, {
    samples,
    store: opened,
    networks: {},
  });
  const features = await sampleFeatures(
    { config, store: opened, networks: {}, earFile: undefined },
    extracted,
  );
  return extracted.map((_, row) =>
    ["voice", "mfcc"].map((name) => features[name]!).flatMap(({ data, width }) => [
      ...data.subarray(row * width, (row + 1) * width),
    ])
  );
}

Deno.test("features writes what a run computes, with names, the same in every format", async () => {
  const dir = await Deno.makeTempDir();
  try {
    await writeToneCorpus(join(dir, "clips"), { actors: 1, takes: 2 });
    const rows = await rowsOfRun(join(dir, "clips"), join(dir, "store"));
    const write = async (out: string) => {
      const { code, out: said, err } = await callTask("features", [
        ...["--data", "clips", "--features", "voice,mfcc", "--out", out, "--workers", "1"],
        ...["--store", "store"],
      ], { from: dir });
      assert.equal(code, 0, err.join("\n"));
      assert.equal(said, `${out}: 4 clips, ${rows[0].length} features\n`);
      return join(dir, out);
    };
    const keys = ["file", "label", "speaker", "take"];
    const [header, ...lines] = parse(await Deno.readTextFile(await write("f.csv")));
    assert.deepEqual(header.slice(0, 4), keys);
    assert.equal(new Set(header).size, header.length);
    assert.equal(header.at(-1), "mfcc_39_62");
    assert(header.slice(4, -2520).every((name: string) => name.startsWith("voice_")));
    const first = ["03-01-02-01-01-01-01.wav", "calm", "1", "02-01-01-01-01"];
    assert.deepEqual(lines[0].slice(0, 3), first.slice(0, 3));
    assert.deepEqual(
      lines.map((line: string[]) => line.slice(4).map((text) => Math.fround(Number(text)))),
      rows,
    );

    const file = await asyncBufferFromFile(await write("f.parquet"));
    const objects = await parquetReadObjects({ file });
    assert.deepEqual(objects.map((object) => Object.keys(object)), Array(4).fill(header));
    assert.deepEqual(
      objects.map((object) => keys.map((key) => object[key])),
      lines.map((line: string[]) => line.slice(0, 4)),
    );
    assert.deepEqual(
      objects.map((object) => header.slice(4).map((name: string) => object[name])),
      rows,
    );

    const { tensors, metadata } = decodeSafetensors(
      await Deno.readFile(await write("f.safetensors")),
    );
    assert.deepEqual(tensors.features.shape, [4, rows[0].length]);
    assert.deepEqual([...tensors.features.data], rows.flat());
    assert.deepEqual(JSON.parse(metadata.names), header.slice(4));
    assert.deepEqual(JSON.parse(metadata.file), lines.map(([file]: string[]) => file));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("features --frames writes a row a frame, of the numbers that a row a clip has", async () => {
  const dir = await Deno.makeTempDir();
  try {
    await writeToneCorpus(join(dir, "clips"), { actors: 1, takes: 1 });
    const write = async (out: string, ...flags: string[]) => {
      const { code, err } = await callTask("features", [
        ...["--data", "clips", "--features", "log-mel", "--out", out, "--store", "store"],
        ...flags,
      ], { from: dir });
      assert.equal(code, 0, err.join("\n"));
      return join(dir, out);
    };
    const clips = parse(await Deno.readTextFile(await write("clips.csv")));
    const [header, ...rows] = parse(await Deno.readTextFile(await write("f.csv", "--frames")));
    assert.deepEqual(header.slice(3, 6), ["take", "frame", "log-mel_0"]);
    assert.equal(rows.length, 2 * 128);
    assert.deepEqual(
      rows.slice(128).map((row: string[]) => row[4]),
      [...Array(128).keys()].map(String),
    );
    assert.deepEqual(
      rows.slice(0, 128).flatMap((row: string[]) => row.slice(5)),
      clips[1].slice(4),
    );
    const file = await asyncBufferFromFile(await write("f.parquet", "--frames"));
    const objects = await parquetReadObjects({ file });
    assert.deepEqual(
      objects.map(({ frame }) => frame),
      rows.map((row: string[]) => Number(row[4])),
    );
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("features refuses what it cannot write or compute, in one line", async () => {
  const dir = await Deno.makeTempDir();
  try {
    await writeToneCorpus(join(dir, "clips"), { actors: 1, takes: 1 });
    const cases: [string[], RegExp][] = [
      [["--features", "voice", "--out", "f.txt"], /--out f\.txt is no table; allowed: \.csv, /],
      [
        ["--features", "voice", "--frames", "--out", "f.csv"],
        /--frames.*allowed: one of log-mel, /,
      ],
      [["--features", "face", "--out", "f.csv"], /--features.*Allowed: mfcc, voice/],
      [["--features", "voice,voice", "--out", "f.csv"], /--features.*Allowed: each name once/],
      [["--features", "landmarks", "--out", "f.csv"], /--features landmarks is computed from/],
      [["--features", "voice", "--out", "none/f.csv"], /--out none\/f\.csv cannot be written/],
    ];
    for (const [flags, says] of cases) {
      const { code, out, err } = await callTask("features", ["--data", "clips", ...flags], {
        from: dir,
      });
      assert.deepEqual([code, out, err.length], [2, "", 1], err.join("\n"));
      assert.match(err[0], says);
    }
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
