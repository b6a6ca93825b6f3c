import assert from "node:assert/strict";
import { readRecipes } from "../../tasks/flags/recipe_flags.ts";

function recipes(options: Record<string, unknown>, protocol: string): string[] {
  return readRecipes(options, protocol).map(({ recipe, normalisation }) =>
    `${recipe} ${normalisation}`
  );
}

Deno.test("the tutorial's protocol runs the tutorial's recipe, others the statistics as well", () => {
  assert.deepEqual(recipes({}, "tutorial"), ["tutorial none"]);
  for (const protocol of ["speaker-independent", "performance-independent"]) {
    assert.deepEqual(recipes({}, protocol), [
      "tutorial none",
      "statistics train",
      "statistics own",
    ]);
  }
});

Deno.test("--recipes and --normalise say what is fitted; the tutorial's recipe is as it is", () => {
  assert.deepEqual(recipes({ recipes: ["spectrogram"] }, "tutorial"), ["spectrogram own"]);
  assert.deepEqual(
    recipes({ recipes: ["tutorial", "spectrogram"], normalise: ["train"] }, "speaker-independent"),
    ["tutorial none", "spectrogram train"],
  );
});
