import assert from "node:assert/strict";
import { join } from "node:path";
import { registerFeatureSet } from "../../src/features/registry.ts";
import { trainBundle } from "../../src/train/train_bundle.ts";
import { DEFAULT_CONFIG, type RunConfig } from "../../src/pipeline/config.ts";
import { planRecipes } from "../../src/pipeline/recipes/plan_recipes.ts";
import { findRecipe, recipes, registerRecipe } from "../../src/pipeline/recipes/registry.ts";
import type { Results } from "../../src/pipeline/run/results.ts";
import { runPipeline, runStages } from "../../src/pipeline/run/run.ts";
import { loadRecognizer } from "../../src/recognize/load_recognizer.ts";
import { resultsCsv } from "../../src/report/csv/results_csv.ts";
import { isBaseline, rowKey } from "../../src/report/row_label.ts";
import { resultsTable } from "../../src/report/table.ts";
import { LOUD, Loudness } from "../pipeline/toy_features.ts";
import { syntheticCorpus } from "../synthetic_corpus.ts";

/** As few frames as the networks of sequences take, of which every eighth is embedded. */
const SMALL: RunConfig = {
  ...DEFAULT_CONFIG,
  protocol: "performance-independent",
  folds: 2,
  seconds: 2,
  fps: 16,
  frameStep: 8,
};

const corpus = await syntheticCorpus(2);
const dir = await Deno.makeTempDir({ prefix: "emofuse-test-" });
globalThis.addEventListener("unload", () => Deno.removeSync(dir, { recursive: true }));

const places = (out: string) => ({
  data: corpus,
  out: join(dir, out),
  store: join(dir, "store"),
  workers: 2,
});

const models = ({ rows }: Results) => rows.filter((row) => !isBaseline(row));

for (const { name, normalisations } of recipes()) {
  Deno.test(`the recipe ${name} runs alone`, async () => {
    let steps = 0;
    const results = await runPipeline(
      { ...SMALL, recipes: planRecipes([name]) },
      places(name),
      {
        onModels: (_done, total) => void (steps = total),
      },
    );
    assert(steps > 0);
    const rows = models(results);
    assert.deepEqual(new Set(rows.map(({ recipe }) => recipe)), new Set([name]));
    for (const normalisation of normalisations) {
      const seen = rows.filter((row) => row.normalisation === normalisation);
      assert.deepEqual(
        new Set(seen.map(({ modality }) => modality)),
        new Set(["audio", "video", "fused"]),
      );
    }
    assert.doesNotMatch(resultsTable(results), /^.* recipe /m);
  });
}

Deno.test("two recipes in one run give rows that can be told apart, in every file and in the table", async () => {
  const statistics = { ...findRecipe("statistics"), normalisations: ["train"] } as const;
  using _other = registerRecipe({ ...statistics, name: "freer", c: { "logistic-regression": 1 } });
  const plans = planRecipes(["statistics", "freer"], ["train"]);
  const config: RunConfig = { ...SMALL, modality: "audio", recipes: plans };
  const results = await runPipeline(config, places("two"));
  const rows = models(results);
  assert.equal(rows.length, 2 * 4);
  assert.equal(new Set(rows.map(rowKey)).size, rows.length);
  const predictions = JSON.parse(await Deno.readTextFile(join(dir, "two/predictions.json")));
  assert.deepEqual(
    predictions.rows.map(({ recipe }: { recipe: string }) => recipe),
    results.rows.map(({ recipe }) => recipe),
  );
  for (const name of ["statistics", "freer"]) {
    assert.match(resultsTable(results), new RegExp(`${name} +│ voice`));
    assert.match(resultsCsv(results), new RegExp(`^audio,${name},voice,lda-shrinkage,`, "m"));
  }
});

Deno.test("a feature set and a recipe of one's own go from clips to rows and into a bundle", async () => {
  const loudness = new Loudness();
  using _set = registerFeatureSet(loudness);
  using _recipe = registerRecipe(LOUD);
  const alone = await runPipeline({ ...SMALL, recipes: planRecipes(["loud"]) }, places("loud"));
  const rows = models(alone);
  assert.deepEqual(
    rows.map(({ modality, recipe, features, model }) => [modality, recipe, features, model]),
    ["lda", "logistic-regression"].map((model) => ["audio", "loud", "loudness", model]),
  );
  const { computed } = loudness;
  assert.equal(computed, 12, "once a take");

  const plan = { recipe: "loud", normalisation: "train", model: "lda" } as const;
  const config: RunConfig = { ...SMALL, modality: "audio", recipes: [plan] };
  const finished = await runStages(config, places("train"));
  assert.equal(loudness.computed, computed, "the store kept them");
  const options = { plan, fusion: "decision-mean", dtype: "float32" } as const;
  const { bytes, card } = await trainBundle(finished, options);
  assert.deepEqual([card.audio?.features, card.audio?.featureSize], ["loudness", 8]);
  const recognizer = await loadRecognizer(bytes);
  const samples = Float32Array.from({ length: 8000 }, (_, i) => 0.1 * Math.sin(i / 5));
  const { probabilities, used } = recognizer.predict({ samples, sampleRate: 8000 });
  recognizer.dispose();
  assert.deepEqual([Object.keys(probabilities), used], [["calm", "angry"], ["audio"]]);
  assert.equal(loudness.computed, computed + 1);
});
