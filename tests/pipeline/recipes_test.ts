import assert from "node:assert/strict";
import { featureSet, registerFeatureSet } from "../../src/features/registry.ts";
import { MODALITIES, type RunModality } from "../../src/modality.ts";
import { DEFAULT_CONFIG } from "../../src/pipeline/config.ts";
import { needsMetBy } from "../../src/pipeline/extract/feature_sources.ts";
import { chooseRecipes } from "../../src/pipeline/recipes/choose_recipes.ts";
import { planRecipes } from "../../src/pipeline/recipes/plan_recipes.ts";
import { RecipeError } from "../../src/pipeline/recipes/recipe_error.ts";
import { findRecipe, recipes, registerRecipe } from "../../src/pipeline/recipes/registry.ts";
import { LOUD, Loudness } from "./toy_features.ts";

const RUNS: readonly RunModality[] = ["av", ...MODALITIES];

function chosen(name: string, modality: RunModality, backbone: "faceres" | "landmarks") {
  const met = needsMetBy({ ...DEFAULT_CONFIG, modality, backbone });
  return chooseRecipes(planRecipes([name]), met)[name].features;
}

Deno.test("every recipe names feature sets of their modality, and works with every backbone and modality", () => {
  for (const { name, features } of recipes()) {
    for (const modality of MODALITIES) {
      for (const set of features[modality] ?? []) assert.equal(featureSet(set).modality, modality);
    }
    for (const modality of RUNS) {
      for (const backbone of ["faceres", "landmarks"] as const) {
        const used = modality === "av" ? [...MODALITIES] : [modality];
        assert.deepEqual(Object.keys(chosen(name, modality, backbone)), used, name);
      }
    }
  }
});

Deno.test("a recipe works on the first of its feature sets that the run can compute", () => {
  assert.deepEqual(chosen("statistics", "av", "faceres"), {
    audio: ["voice"],
    video: ["face-statistics"],
  });
  assert.deepEqual(chosen("statistics", "av", "landmarks").video, ["landmarks"]);
  assert.deepEqual(chosen("tutorial", "video", "faceres"), { video: ["face"] });
});

Deno.test("a recipe of whose feature sets a run can compute none is refused by name", () => {
  using _set = registerFeatureSet(new Loudness());
  using _recipe = registerRecipe(LOUD);
  assert.throws(
    () => chosen("loud", "video", "faceres"),
    (error) =>
      error instanceof RecipeError &&
      /recipe "loud", which works on loudness \(of sound\); the run has embeddings, head/.test(
        error.message,
      ),
  );
});

Deno.test("registries refuse a name that they have, and forget what is taken away again", () => {
  {
    using _set = registerFeatureSet(new Loudness());
    using _recipe = registerRecipe(LOUD);
    assert.throws(() => registerFeatureSet(new Loudness()), /"loudness" already/);
    assert.throws(() => registerRecipe(LOUD), /"loud" already/);
    assert.equal(findRecipe("loud"), LOUD);
  }
  assert.throws(() => featureSet("loudness"), /the feature sets are mfcc, voice/);
  assert.throws(() => planRecipes(["loud"]), /the recipes are tutorial, statistics/);
});
