import assert from "node:assert/strict";
import { join } from "node:path";
import { DEFAULT_CONFIG, type RunConfig } from "../../src/pipeline/config.ts";
import { planRecipes } from "../../src/pipeline/recipes/plan_recipes.ts";
import type { Results } from "../../src/pipeline/run/results.ts";
import { runPipeline } from "../../src/pipeline/run/run.ts";
import { ravdessTest } from "../ravdess.ts";

const dir = await Deno.makeTempDir({ prefix: "emofuse-test-" });
globalThis.addEventListener("unload", () => Deno.removeSync(dir, { recursive: true }));

/** Runs on real clips, on a short window of few frames so that every stage is real and quick. */
function run(data: string, config: Partial<RunConfig>): Promise<Results> {
  return runPipeline({ ...DEFAULT_CONFIG, seconds: 1, fps: 4, ...config }, {
    data,
    out: join(dir, "out"),
    store: join(dir, "store"),
    workers: 2,
  });
}

ravdessTest(
  "a run on published 720p clips gives 26 rows and finds their twins and silence",
  async (dir) => {
    const results = await run(join(dir, "original"), {
      filter: { actors: [1], emotions: ["neutral", "surprised"] },
    });
    assert.equal(results.rows.length, 2 + 26);
    assert.deepEqual(results.corpus.skipped, []);
    assert.deepEqual([results.corpus.samples, results.corpus.silent], [16, 9]);
    assert.equal(results.corpus.synthetic, false);
    assert.deepEqual(results.leaks.map(({ id }) => id), [
      "twins",
      "face-head",
      "feature-networks",
      "silence",
    ]);
  },
);

ravdessTest(
  "a performance-independent run leaves out the 02- clips that have no voice",
  async (dir) => {
    const results = await run(join(dir, "original"), {
      protocol: "performance-independent",
      folds: 3,
      filter: { actors: [1], emotions: ["neutral", "surprised"] },
    });
    assert.deepEqual([results.corpus.samples, results.corpus.silent], [7, 0]);
    assert.deepEqual(results.leaks, []);
    assert(results.corpus.skipped.length > 0);
    assert(
      results.corpus.skipped.every(({ file, reason }) =>
        file.includes("/02-") && reason.startsWith("video-only file")
      ),
    );
  },
);

ravdessTest(
  "a speaker-independent run on speech tests every actor in one fold alone",
  async (dir) => {
    const results = await run(join(dir, "speech"), {
      modality: "audio",
      protocol: "speaker-independent",
      folds: 3,
      filter: { actors: [1, 2, 3], emotions: ["calm", "angry"] },
    });
    assert.equal(results.corpus.samples, 3 * 16);
    const actors = results.folds.map(({ test }) => new Set(test.map((id) => id.slice(-2))));
    assert.deepEqual(actors.map(({ size }) => size), [1, 1, 1]);
    assert.equal(new Set(actors.flatMap((set) => [...set])).size, 3);
    const best = Math.max(...results.rows.map(({ test }) => test.accuracy));
    assert(best > 0.6, `calm and angry voices differ: ${best}`);
  },
);

ravdessTest(
  "a run takes the landmarks from the clips themselves, and tells neutral faces from surprised ones",
  async (dir) => {
    const results = await run(join(dir, "original"), {
      // The faces are neutral when a clip begins: what they show comes later.
      ...{ modality: "video", backbone: "landmarks", crop: "face", seconds: 3 },
      ...{ protocol: "performance-independent", folds: 4 },
      recipes: planRecipes(["statistics"], ["train"]),
      filter: { actors: [1], emotions: ["neutral", "surprised"] },
    });
    assert.deepEqual([results.backbone?.name, results.corpus.skipped], ["landmarks", []]);
    const rows = results.rows.filter(({ features }) => features === "landmarks");
    assert.deepEqual(rows.map(({ model }) => model), [
      ...["lda-shrinkage", "logistic-regression", "svm-rbf-grid", "ensemble"],
    ]);
    const best = Math.max(...rows.map(({ test }) => test.accuracy));
    assert(best > 0.6, `neutral and surprised faces differ: ${best}`);
  },
);
