import assert from "node:assert/strict";
import { join } from "node:path";
import { encodeClip } from "../../src/media/encode_clip.ts";
import { DEFAULT_CONFIG, type RunConfig } from "../../src/pipeline/config.ts";
import type { Results } from "../../src/pipeline/run/results.ts";
import { runPipeline } from "../../src/pipeline/run/run.ts";
import { resultsTable, SYNTHETIC } from "../../src/report/table.ts";
import { memo } from "../memo.ts";
import { syntheticCorpus } from "../synthetic_corpus.ts";
import { runTask } from "../tasks/cli.ts";

/** Short clips at few frames a second: every stage for real, in seconds instead of minutes. */
const SMALL: RunConfig = { ...DEFAULT_CONFIG, seconds: 1, fps: 4 };

/** The synthetic corpus of two actors: 16 files of 12 takes. */
const corpus = await syntheticCorpus(2);
const dir = await Deno.makeTempDir({ prefix: "emofuse-test-" });
globalThis.addEventListener("unload", () => Deno.removeSync(dir, { recursive: true }));

async function run(
  out: string,
  config: Partial<RunConfig> = {},
  { data = corpus, workers = 2 } = {},
): Promise<Results & { text: string }> {
  const results = await runPipeline({ ...SMALL, ...config }, {
    data,
    out: join(dir, out),
    store: join(dir, "store"),
    workers,
  });
  const text = await Deno.readTextFile(join(dir, out, "results.json"));
  assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(results)));
  return { ...results, text };
}

/** `results.json` without what may differ between two runs. */
function withoutProvenance({ text }: { text: string }): string {
  const at = text.indexOf('"provenance"');
  assert(at > 0);
  return text.slice(0, at);
}

const tutorial = memo(() => run("tutorial"));

Deno.test({
  name: "a run goes from clips to 26 rows, and says that its corpus is synthetic",
  async fn() {
    const results = await tutorial();
    assert.equal(results.schema, "emofuse.results/1");
    assert.equal(results.rows.length, 2 + 26);
    assert.equal(results.provenance.tfjsBackend, "wasm");
    assert.equal(results.provenance.cached, "0/16");
    assert.deepEqual(results.corpus.classes, [
      { emotion: "calm", label: "calm", samples: 8 },
      { emotion: "angry", label: "angry", samples: 8 },
    ]);
    assert.deepEqual(
      [results.corpus.samples, results.corpus.takes, results.corpus.silent],
      [16, 12, 4],
    );
    assert.equal(results.corpus.synthetic, true);
    assert.equal(results.chance, 0.5);
    for (const { train, test, model } of results.rows) {
      assert.deepEqual([train.n, test.n], [12, 4]);
      if (model === "chance") continue;
      assert(Number.isInteger(test.accuracy * test.n), "an accuracy is a count over n");
      assert.equal(test.confusion.flat().reduce((sum, count) => sum + count), 4);
      assert(test.ci95[0] <= test.accuracy && test.accuracy <= test.ci95[1]);
    }
    const table = resultsTable(results);
    assert(table.startsWith(SYNTHETIC));
    for (const { id, text } of results.leaks) assert(table.includes(text), id);
    const models = Array.from(Deno.readDirSync(join(dir, "tutorial/models/hold-out")));
    assert.equal(models.length, 12 + 3 + 2 + 4 + 6 + 1 + 1);
  },
});

Deno.test({
  name:
    "a repeated run takes every feature from the store, gives the same bytes and leaves nothing open",
  sanitizeResources: true,
  sanitizeOps: true,
  async fn() {
    const first = await tutorial();
    const again = await run("again", {}, { workers: 1 });
    assert.equal(again.provenance.cached, "16/16");
    assert.equal(withoutProvenance(again), withoutProvenance(first));
    const other = await run("other", { seed: 2, modality: "audio" });
    assert.equal(other.provenance.cached, "16/16");
    assert.notDeepEqual(other.folds, first.folds);
  },
});

Deno.test({
  name: "deno task run prints the table, or with --json nothing but results.json",
  async fn() {
    const flags = [
      ...["--data", corpus, "--store", join(dir, "store"), "--modality", "audio"],
      ...["--seconds", "1", "--fps", "4"],
    ];
    const table = await runTask("run", ...flags, "--out", join(dir, "cli"));
    assert.equal(table.code, 0, table.err.join("\n"));
    assert(table.out.startsWith(SYNTHETIC));
    assert.match(table.out, /mfcc .*gaussian-nb/);
    const json = await runTask("run", ...flags, "--out", join(dir, "cli"), "--json");
    assert.equal(json.code, 0, json.err.join("\n"));
    const results = JSON.parse(json.out) as Results;
    assert.equal(results.rows.length, 2 + 5);
    assert.deepEqual(results, JSON.parse(await Deno.readTextFile(join(dir, "cli/results.json"))));
  },
});

Deno.test({
  name: "the honest protocols merge twins, test every take once and leak nothing but what they say",
  async fn() {
    const leaks: Record<string, string[]> = {
      "performance-independent": ["speakers"],
      "speaker-independent": [],
    };
    for (const protocol of Object.keys(leaks)) {
      // As many folds as there are speakers; by default five would divide the takes.
      const results = await run(protocol, { protocol, folds: 2 });
      assert.deepEqual([results.corpus.samples, results.corpus.silent], [12, 0]);
      assert.deepEqual(results.leaks.map(({ id }) => id), leaks[protocol]);
      assert.equal(results.rows.length, 2 + 26);
      const tested = results.folds.flatMap(({ test }) => test);
      assert.deepEqual([new Set(tested).size, tested.length], [12, 12]);
      assert(results.rows.every(({ test }) => test.n === 12));
    }
  },
});

Deno.test({
  name: "a run names each file that it cannot use, and uses the rest",
  async fn() {
    const bad = join(dir, "bad");
    for (const actor of ["Actor_01", "Actor_02"]) {
      await Deno.mkdir(join(bad, actor), { recursive: true });
      for (const { name } of Deno.readDirSync(join(corpus, actor))) {
        await Deno.copyFile(join(corpus, actor, name), join(bad, actor, name));
      }
    }
    const files = Array.from(Deno.readDirSync(join(bad, "Actor_01")), ({ name }) => name)
      .filter((name) => name.startsWith("01-")).sort();
    const [truncated, empty, text, mute, blind, twice] = files;
    const path = (file: string) => join(bad, "Actor_01", file);
    const whole = await Deno.readFile(path(truncated));
    await Deno.writeFile(path(truncated), whole.subarray(0, whole.length / 8));
    await Deno.writeFile(path(empty), new Uint8Array());
    await Deno.writeTextFile(path(text), "This is no clip.\n".repeat(100));
    const frames = new Uint8Array(30 * 32 * 32 * 3).fill(90);
    await Deno.writeFile(
      path(mute),
      await encodeClip({ frames, width: 32, height: 32, fps: 30 }, "mp4"),
    );
    await Deno.writeFile(path(blind), await encodeClip({ samples: new Float32Array(8000) }, "mp4"));
    await Deno.copyFile(path(twice), join(bad, "Actor_02", twice));
    await Deno.copyFile(path(twice), join(bad, "Actor_01", "take-two.mp4"));

    const results = await run("bad-out", {}, { data: bad });
    const reasons = Object.fromEntries(
      results.corpus.skipped.map(({ file, reason }) => [file, reason]),
    );
    const expected: Record<string, RegExp> = {
      [`Actor_01/${truncated}`]: /truncated|damaged|not a media file/,
      [`Actor_01/${empty}`]: /empty/,
      [`Actor_01/${text}`]: /not a media file/,
      [`Actor_01/${mute}`]: /no sound/,
      [`Actor_01/${blind}`]: /no picture/,
      [`Actor_02/${twice}`]: /same name as Actor_01/,
      "Actor_01/take-two.mp4": /seven|name/,
    };
    assert.deepEqual(Object.keys(reasons).sort(), Object.keys(expected).sort());
    for (const [file, reason] of Object.entries(expected)) {
      assert.match(reasons[file], reason);
      assert(!reasons[file].includes("\n"));
    }
    assert.equal(results.corpus.samples, 16 - 5);
    assert.equal(results.rows.length, 2 + 26);
    const table = resultsTable(results);
    for (const file of Object.keys(expected)) assert(table.includes(file), file);
  },
});

Deno.test({
  name: "a run that fails leaves an older run's files as they were",
  async fn() {
    const { text } = await run("kept", { modality: "audio" });
    await assert.rejects(
      run("kept", { modality: "audio", protocol: "speaker-independent", folds: 9 }),
      /folds/,
    );
    const kept = join(dir, "kept");
    assert.equal(await Deno.readTextFile(join(kept, "results.json")), text);
    assert.deepEqual(Array.from(Deno.readDirSync(kept), ({ name }) => name).sort(), [
      ".lock",
      "models",
      "predictions.json",
      "report.json",
      "results.json",
      "run.lock.json",
    ]);
  },
});
