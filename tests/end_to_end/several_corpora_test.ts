import assert from "node:assert/strict";
import { join } from "node:path";
import { DEFAULT_CONFIG, type RunConfig } from "../../src/pipeline/config.ts";
import { repeatRun } from "../../src/pipeline/run/repeat_run.ts";
import { runPipeline } from "../../src/pipeline/run/run.ts";
import { readRunLock, RunLockError } from "../../src/pipeline/run/run_lock.ts";
import { toneWav } from "../tasks/tone_corpus.ts";

const CONFIG: RunConfig = {
  ...DEFAULT_CONFIG,
  modality: "audio",
  protocol: "speaker-independent",
  folds: "hicmae",
  seconds: 1,
  labelMap: { name: "mine.json", labels: { angry: "loud", sad: "quiet", neutral: "quiet" } },
  recipes: [{ recipe: "statistics", normalisation: "train", model: "logistic-regression" }],
};

/** Two speakers of each corpus, two takes of two emotions by each, and one of an emotion that the map lacks. */
async function writeCorpora(dir: string): Promise<void> {
  const files = ["a/03-01-08-01-01-01-01.wav"];
  for (const actor of ["01", "05"]) {
    for (const code of ["04", "05"]) {
      for (const take of ["01", "02"]) files.push(`a/03-01-${code}-01-01-${take}-${actor}.wav`);
    }
  }
  for (const actor of ["1001", "1019"]) {
    for (const code of ["ANG", "NEU"]) {
      for (const take of ["IEO", "DFA"]) files.push(`b/${actor}_${take}_${code}_XX.wav`);
    }
  }
  await Promise.all(["a", "b"].map((name) => Deno.mkdir(join(dir, name))));
  for (const [i, file] of files.entries()) {
    const isLoud = /-05-01-01|ANG/.test(file);
    await Deno.writeFile(join(dir, file), await toneWav((isLoud ? 0.3 : 0.1) + 0.005 * i));
  }
}

Deno.test("a run over two corpora keeps their speakers apart, takes other labels, and is repeated by its lock", async () => {
  const dir = await Deno.makeTempDir();
  try {
    await writeCorpora(dir);
    const [data, second] = [join(dir, "a"), join(dir, "b")];
    const rest = { store: join(dir, "store"), workers: 1 };
    const remarks: string[] = [];
    const results = await runPipeline(CONFIG, {
      ...{ data, folders: [{ dir: data }, { dir: second }], out: join(dir, "out"), ...rest },
    }, { onRemarks: (lines) => remarks.push(...lines) });
    assert.equal(results.corpus.name, "ravdess+crema-d");
    assert.deepEqual(results.corpus.speakers, [
      ...["crema-d/1001", "crema-d/1019", "ravdess/1", "ravdess/5"],
    ]);
    assert.deepEqual(results.corpus.classes, [
      ...[{ label: "loud", samples: 8 }, { label: "quiet", samples: 8 }],
    ]);
    assert.deepEqual(results.corpus.skipped, [{
      file: "ravdess/03-01-08-01-01-01-01.wav",
      reason: 'the label map mine.json has no "surprised"',
    }]);
    assert.equal(results.folds.length, 2);
    assert.deepEqual(results.config.labelMap, CONFIG.labelMap);
    assert.match(remarks[0], /^corpus: RAVDESS, as 9 of 9 .*; CREMA-D, as 8 of 8 /);
    assert.match(remarks[1], /^folds: of the 6 hicmae folds, 3, 4, 5, 6 have no actor here/);

    const lock = await readRunLock(join(dir, "out", "run.lock.json"));
    assert.deepEqual(lock.places.folders, [
      ...[{ dir: data, corpus: "ravdess" }, { dir: second, corpus: "crema-d" }],
    ]);
    const again = { ...lock.places, out: join(dir, "again"), ...rest };
    assert.equal((await repeatRun(lock, again)).identical, true);
    await Deno.writeFile(join(second, "1001_IEO_ANG_XX.wav"), await toneWav(0.2));
    await assert.rejects(
      repeatRun(lock, again),
      (error) =>
        error instanceof RunLockError &&
        /clip crema-d\/1001_IEO_ANG_XX\.wav has changed/.test(error.message),
    );
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
