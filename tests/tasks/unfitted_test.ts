import assert from "node:assert/strict";
import { join } from "node:path";
import type { Results } from "../../src/pipeline/run/results.ts";
import { runTask } from "./cli.ts";
import { syntheticCorpus } from "../synthetic_corpus.ts";
import { writeToneCorpus } from "./tone_corpus.ts";

Deno.test("run lists the rows that could not be fitted, and train says why it makes no model", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const data = join(dir, "corpus");
    // A fold of actors learns from one sample of each class.
    await writeToneCorpus(data, { actors: 2, takes: 1 });
    const flags = [
      ...["--data", data, "--store", join(dir, "store"), "--modality", "audio"],
      ...["--protocol", "speaker-independent"],
    ];
    const run = await runTask(
      ...["run", ...flags, "--out", join(dir, "out")] as const,
      ...["--recipes", "statistics", "--normalise", "train"],
    );
    assert.equal(run.code, 0, run.said);
    assert.match(run.out, /│ logistic-regression │/);
    assert.doesNotMatch(run.out, /│ lda-shrinkage/);
    assert.match(run.out, /\n3 rows could not be fitted:\n {2}voice training set lda-shrinkage, /);
    const { rows, unfitted }: Results = JSON.parse(
      await Deno.readTextFile(join(dir, "out/results.json")),
    );
    assert.deepEqual(rows.map(({ model }) => model), ["chance", "majority", "logistic-regression"]);
    assert.deepEqual(unfitted?.map(({ model }) => model), [
      ...["lda-shrinkage", "svm-rbf-grid", "ensemble"],
    ]);
    assert.equal(
      unfitted[0].reason,
      "fold-1: lda-shrinkage needs more samples than classes, there is one of each of 2 classes " +
        "(and in 1 more of 2 folds)",
    );
    assert.match(await Deno.readTextFile(join(dir, "out/report.html")), /could not be fitted/);

    const model = join(dir, "lda.emofuse");
    const train = await runTask("train", ...flags, "--out", model, "--model", "lda");
    assert.equal(train.code, 1);
    assert.match(train.err.at(-1)!, /^error: voice: lda .* could not be judged, fold-1: lda needs/);
    await assert.rejects(Deno.stat(model), Deno.errors.NotFound);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("run lists the networks that clips of few frames are too short for", async () => {
  const data = await syntheticCorpus(2);
  const dir = await Deno.makeTempDir();
  try {
    const run = await runTask(
      ...["run", "--data", data, "--store", join(dir, "store"), "--out", join(dir, "out")] as const,
      ...["--recipes", "spectrogram", "--protocol", "performance-independent", "--folds", "2"],
      ...["--seconds", "1", "--fps", "4"],
    );
    assert.equal(run.code, 0, run.said);
    const { rows, unfitted }: Results = JSON.parse(
      await Deno.readTextFile(join(dir, "out/results.json")),
    );
    assert.deepEqual(rows.map(({ model }) => model), ["chance", "majority", "cnn2d"]);
    assert.match(
      unfitted?.find(({ features }) => features === "face")?.reason ?? "",
      /^fold-1: cnn-sequence needs rows of at least 32 frames of 21 numbers, got 84 numbers/,
    );
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
