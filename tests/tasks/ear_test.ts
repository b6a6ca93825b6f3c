import assert from "node:assert/strict";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { encodeSafetensors } from "../../src/numeric/safetensors.ts";
import { tinyEar } from "../models/tiny_ear.ts";
import { withFolder } from "../with_folder.ts";
import { callTask } from "./cli.ts";
import { writeToneCorpus } from "./tone_corpus.ts";

const LISTEN = ["--data", "clips", "--modality", "audio", "--store", "store", "--workers", "2"];
const RUN = [
  ...LISTEN,
  ...["--protocol", "speaker-independent", "--recipes", "statistics", "--normalise", "train"],
];

Deno.test("run --ear: features of the ear, its weights in the results, everything kept for the next run", async () => {
  await withFolder(async (dir) => {
    await writeToneCorpus(join(dir, "clips"), { actors: 3, takes: 2 });
    const ear = await tinyEar();
    const run = async (out: string) => {
      const args = [...RUN, "--ear", ear, "--out", out];
      const { code, err } = await callTask("run", args, { from: dir });
      assert.equal(code, 0, err.join("\n"));
      return JSON.parse(await Deno.readTextFile(join(dir, out, "results.json")));
    };
    const first = await run("first");
    assert.deepEqual(first.config.ear, { name: "whisper-tiny", sampleRate: 16000 });
    assert.match(first.ear.weightsSha256, /^[0-9a-f]{64}$/);
    assert.equal(first.provenance.ear.source, "seeded numbers");
    const fitted = first.rows.filter(({ recipe }: { recipe: string }) => recipe === "statistics");
    assert.equal(fitted.length, 4);
    assert(fitted.every(({ features }: { features: string }) => features === "speech"));
    const again = await run("again");
    assert.equal(again.provenance.cached, "12/12");
    assert.deepEqual(
      { ...again, provenance: {} },
      { ...first, provenance: {} },
    );
    const from = ["--from", "first/run.lock.json", "--out", "repeat", "--store", "store"];
    const repeated = await callTask("run", from, { from: dir });
    assert.match(repeated.said, /identical: results\.json/);
    const without = await callTask("run", [...RUN, "--out", "without"], { from: dir });
    assert.equal(without.code, 0);
    const lock = ["--from", "without/run.lock.json", "--out", "repeat", "--store", "store"];
    const refused = await callTask("run", [...lock, "--ear", ear], { from: dir });
    assert.notEqual(refused.code, 0);
    assert.match(refused.said, /the run was made without a trained ear/);
  });
});

Deno.test("features --ear writes what the ear makes of a voice, by name", async () => {
  await withFolder(async (dir) => {
    await writeToneCorpus(join(dir, "clips"), { actors: 1, takes: 1 });
    const args = [...LISTEN, "--features", "whisper", "--out", "f.csv"];
    const { code, err } = await callTask("features", [...args, "--ear", await tinyEar()], {
      from: dir,
    });
    assert.equal(code, 0, err.join("\n"));
    const [header, ...rows] = parse(await Deno.readTextFile(join(dir, "f.csv")));
    assert.equal(header.length, 4 + 3 * 2 * 384);
    assert.equal(header[4], "whisper_layer1.0.mean");
    assert.equal(header.at(-1), "whisper_layer3.383.deviation");
    assert.equal(rows.length, 2);
    assert(rows.every((row: string[]) => row.slice(4).map(Number).every(Number.isFinite)));
    const without = await callTask("features", args, { from: dir });
    assert.equal(without.code, 2);
    assert.match(without.said, /--features whisper is computed from speech/);
  });
});

for (
  const [what, file, says] of [
    ["is not there", undefined, /cannot read the ear's weights .*ear\.st: it is not there/],
    ["is text", new TextEncoder().encode("<html>404 Not Found</html>"), /ear\.st: .*safetensors/],
    [
      "is of another network",
      encodeSafetensors({ a: { shape: [1], data: Float32Array.of(1) } }, { format: "other/1" }),
      /ear\.st: it holds no network that hears: its format is other\/1/,
    ],
  ] as const
) {
  Deno.test(`run --ear with a file that ${what}: one line that names it, nothing is run`, async () => {
    await withFolder(async (dir) => {
      await writeToneCorpus(join(dir, "clips"), { actors: 3, takes: 2 });
      if (file) await Deno.writeFile(join(dir, "ear.st"), file);
      const args = [...RUN, "--ear", "ear.st", "--out", "out"];
      const { code, err } = await callTask("run", args, { from: dir });
      assert.notEqual(code, 0);
      assert.match(err.at(-1)!, says);
      await assert.rejects(Deno.stat(join(dir, "out", "results.json")));
    });
  });
}

Deno.test("--ear where nothing would hear through it: refused, and what would is named", async () => {
  await withFolder(async (dir) => {
    await writeToneCorpus(join(dir, "clips"), { actors: 3, takes: 2 });
    const ear = ["--ear", await tinyEar(), "--out", "out.csv"];
    const run = await callTask("run", [...LISTEN, "--recipes", "tutorial", ...ear], { from: dir });
    assert.notEqual(run.code, 0);
    assert.match(run.said, /hears through a trained ear .*: statistics, attention/);
    const features = await callTask("features", [...LISTEN, "--features", "voice", ...ear], {
      from: dir,
    });
    assert.equal(features.code, 2);
    assert.match(features.said, /--ear .* goes with none of --features voice; allowed: whisper/);
  });
});

Deno.test("run --ear where there is no voice to hear: refused", async () => {
  const args = ["--data", "x", "--modality", "video", "--ear", "ear.st", "--out", "out"];
  const { code, said } = await callTask("run", args);
  assert.equal(code, 2);
  assert.match(said, /--ear ear\.st is for voices, and --modality video uses none/);
});
