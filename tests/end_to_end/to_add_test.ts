import assert from "node:assert/strict";
import { join } from "node:path";
import type { Results } from "../../src/pipeline/run/results.ts";
import { CopiedHouse } from "../copied_house.ts";
import { syntheticCorpus } from "../synthetic_corpus.ts";

/** A set that needs a head: it is computed in the threads of folds. */
const FEATURES = `import type { FeatureSetOf } from "./feature_set.ts";

/** The mean over a clip of each unit of the face head. */
export const FACE_MEAN = {
  name: "face-mean",
  modality: "video",
  needs: "head",
  size: ({ units }) => units,
  compute({ rows, head }, { units }) {
    const values = head.features(rows);
    const data = new Float32Array(units);
    values.forEach((value, i) => data[i % units] += value * units / values.length);
    return { data };
  },
} as const satisfies FeatureSetOf<"head">;
`;

const RECIPE = `import type { FeatureName } from "../../features/registry.ts";
import type { Recipe } from "./recipe.ts";

/** Means of the face head beside statistics of the voice. */
export const MEANS = {
  name: "means",
  description: "means of the face head, statistics of the voice",
  features: { audio: ["voice"], video: ["face-mean"] },
  normalisations: ["train"],
  classifiers: ["gaussian-nb"],
  deciders: { audio: "logistic-regression", video: "logistic-regression", fused: "svm-linear" },
  late: false,
  joins: "columns",
} as const satisfies Recipe<FeatureName>;
`;

Deno.test("a feature set and a recipe are added as CONTRIBUTING says: one file and one line each", async () => {
  const corpus = await syntheticCorpus(2);
  await using house = await CopiedHouse.make();
  await house.add("src/features/face_mean.ts", FEATURES);
  const features = "src/features/registry.ts";
  await house.change(features, "const OWN = [", "const OWN = [FACE_MEAN, ");
  await house.change(
    features,
    'import { FACE } from "./face.ts";\n',
    'import { FACE } from "./face.ts";\nimport { FACE_MEAN } from "./face_mean.ts";\n',
  );
  await house.add("src/pipeline/recipes/means.ts", RECIPE);
  const recipes = "src/pipeline/recipes/registry.ts";
  await house.change(recipes, "const OWN = [", "const OWN = [MEANS, ");
  await house.change(
    recipes,
    "import { STATISTICS }",
    'import { MEANS } from "./means.ts";\nimport { STATISTICS }',
  );

  const check = await house.deno("check", "tasks/run.ts", "tasks/train.ts");
  assert.equal(check.code, 0, check.text);
  const run = await house.deno(
    ...["run", "-q", "-P=run", "tasks/run.ts", "--data", corpus],
    ...["--out", join(house.dir, "out"), "--store", join(house.dir, "store")],
    ...["--recipes", "means,statistics", "--normalise", "train"],
    ...["--protocol", "performance-independent", "--folds", "2", "--seconds", "1", "--fps", "4"],
  );
  assert.equal(run.code, 0, run.text);
  const { rows }: Results = JSON.parse(
    await Deno.readTextFile(join(house.dir, "out/results.json")),
  );
  const own = rows.filter(({ recipe }) => recipe === "means");
  assert.deepEqual(
    own.map(({ features, model, fusion }) => `${features} ${model} ${fusion}`).slice(0, 6),
    [
      "voice gaussian-nb none",
      "voice logistic-regression none",
      "face-mean gaussian-nb none",
      "face-mean logistic-regression none",
      "voice+face-mean gaussian-nb early",
      "voice+face-mean svm-linear early",
    ],
  );
  assert(rows.some(({ recipe }) => recipe === "statistics"));
  assert.match(run.text, /means +│ face-mean/);
});
