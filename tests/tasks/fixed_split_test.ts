import assert from "node:assert/strict";
import { join } from "node:path";
import type { Results } from "../../src/pipeline/run/results.ts";
import { decodeBundle } from "../../src/recognize/bundle/bundle.ts";
import { runTask } from "./cli.ts";
import { writeToneCorpus } from "./tone_corpus.ts";

Deno.test("--folds with one fold is a fixed split: run tests on it once, and train is judged by it", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const data = join(dir, "corpus");
    await writeToneCorpus(data, { actors: 4, takes: 2 });
    const file = join(dir, "official.json");
    await Deno.writeTextFile(file, JSON.stringify({ folds: [{ name: "test", actors: [2, 3] }] }));
    const flags = [
      ...["--data", data, "--store", join(dir, "store"), "--modality", "audio"],
      ...["--protocol", "speaker-independent", "--folds", file],
    ];
    const out = join(dir, "out");
    const run = await runTask(
      ...["run", ...flags, "--out", out] as const,
      ...["--recipes", "statistics", "--normalise", "train"],
    );
    assert.equal(run.code, 0, run.said);
    assert.match(run.out, /, 8 to train and 8 to test \(fold test of official\.json\), seed 1$/m);
    assert.match(run.out, /│ +95 % of test │/);
    assert.match(run.out, /the intervals are Wilson's, of the test accuracy/);

    const results: Results = JSON.parse(await Deno.readTextFile(join(out, "results.json")));
    assert.deepEqual(results.folds.map(({ name, train }) => [name, train]), [["test", 8]]);
    const tested = results.folds[0].test;
    assert.deepEqual([...new Set(tested.map((id) => id.slice(-2)))], ["02", "03"]);
    assert.equal(tested.length, 8);
    assert.deepEqual(results.leaks, []);
    assert(results.rows.every(({ train, test }) => train.n === 8 && test.n === 8));
    const report = await Deno.readTextFile(join(out, "report.html"));
    assert.match(report, /<b>8<\/b> to train, <b>8<\/b> to test \(fold test of official\.json\)/);

    const model = join(dir, "tones.emofuse");
    const train = await runTask("train", ...flags, "--out", model);
    assert.equal(train.code, 0, train.said);
    const { protocol, corpus } = (await decodeBundle(await Deno.readFile(model))).card;
    assert.deepEqual([protocol.folds, protocol.rows.map(({ n }) => n)], [1, [8]]);
    // The bundle itself is fitted on all clips.
    assert.equal(corpus.samples, 16);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
