import assert from "node:assert/strict";
import { join } from "node:path";
import { planRecipes } from "../../src/pipeline/recipes/plan_recipes.ts";
import { readResults } from "../../src/report/read_run.ts";
import { renderReport } from "../../src/report/render_report.ts";
import { tellRecipes } from "../../src/report/tell_recipes.ts";
import { fakeRun } from "./fake_run.ts";

const two = fakeRun();
const one = fakeRun({ protocol: "tutorial", actors: 1, emotions: 2 });

Deno.test("recipes are told to people where there are several, in one run or in those compared", () => {
  const toldIn = (...runs: typeof two.results[]) =>
    tellRecipes(runs).map(({ rows }) => [...new Set(rows.map(({ recipe }) => recipe))]);
  assert.deepEqual(toldIn(two.results), [["tutorial", "statistics", ""]]);
  assert.deepEqual(toldIn(one.results), [[""]]);
  assert.deepEqual(toldIn(one.results, two.results), [["tutorial", ""], [
    "tutorial",
    "statistics",
    "",
  ]]);
  const page = ({ results, predictions, report }: typeof two) =>
    renderReport(results, predictions, report);
  assert(page(two).includes("statistics · voice+landmarks · own speaker statistics"));
  assert(page(one).includes("mfcc · not standardised"));
  assert(!page(one).includes("tutorial · mfcc"));
});

Deno.test("rows of older runs, which name no recipe, get that of the run's recipes which has their features", async () => {
  const { results } = two;
  const rows = results.rows.map(({ recipe: _, ...row }) => row);
  const recipes = planRecipes(["tutorial", "statistics"]);
  const dir = await Deno.makeTempDir();
  try {
    const file = join(dir, "results.json");
    const old = { ...results, config: { ...results.config, recipes }, rows };
    await Deno.writeTextFile(file, JSON.stringify(old));
    const read = await readResults(dir);
    assert.deepEqual(
      read.rows.map(({ recipe }) => recipe),
      results.rows.map(({ recipe }) => recipe),
    );
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
