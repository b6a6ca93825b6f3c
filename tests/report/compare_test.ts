import assert from "node:assert/strict";
import { join } from "node:path";
import { matchRows } from "../../src/report/match_rows.ts";
import { renderComparison } from "../../src/report/render_comparison.ts";
import { testWith } from "../needs.ts";
import { runTask } from "../tasks/cli.ts";
import { fakeRun } from "./fake_run.ts";
import { HOSTILE, hostileRun } from "./hostile_run.ts";

const [first, second] = [fakeRun({ actors: 3 }).results, fakeRun({ actors: 3, seed: 2 }).results];
const tutorial = fakeRun({ actors: 3, protocol: "tutorial" }).results;

Deno.test("matchRows() matches rows by what they are, not where they stand, and leaves out baselines", () => {
  const turned = { rows: second.rows.toReversed() };
  const matched = matchRows([first, turned]);
  assert.equal(matched.length, first.rows.length - 2);
  for (const { rows: [a, b], name } of matched) {
    assert.equal(a, name);
    assert.deepEqual(
      [a!.modality, a!.features, a!.model, a!.fusion, a!.normalisation],
      [b!.modality, b!.features, b!.model, b!.fusion, b!.normalisation],
    );
  }
  const [alone] = matchRows([{ rows: [] }, { rows: [first.rows[0]] }]);
  assert.deepEqual(alone.rows, [undefined, first.rows[0]]);
});

Deno.test("renderComparison() lists the settings that differ, and what only one run has", () => {
  const html = renderComparison([{ name: "one", results: first }, {
    name: "two",
    results: tutorial,
  }]);
  assert.match(html, /2\ssettings differ/);
  assert.match(
    html,
    /<th scope="row">protocol<\/th><td>speaker-independent<\/td><td>tutorial<\/td>/,
  );
  assert.match(html, /Rows that only one run has/);
  const equal = renderComparison([{ name: "one", results: first }, {
    name: "two",
    results: first,
  }]);
  assert.match(equal, /The settings are the same/);
  assert.match(equal, /is on average <b>level with<\/b>/);
});

Deno.test("renderComparison() warns where the corpora differ, and only there", () => {
  const other = { ...second, corpus: { ...second.corpus, sha256: "ff" } };
  const page = (results: typeof second) =>
    renderComparison([{ name: "one", results: first }, { name: "two", results }]);
  assert.match(page(other), /not on the same clips/);
  assert.doesNotMatch(page(second), /not on the same clips/);
});

Deno.test("renderComparison() shows hostile names as text", () => {
  const { results } = hostileRun();
  const html = renderComparison(HOSTILE.map((name) => ({ name, results })));
  assert.doesNotMatch(html, /<(script|img)/i);
  assert.ok(html.includes("&lt;/style&gt;"));
});

await testWith(
  ["deno"],
  "deno task compare writes one page of several runs, and says what is wrong with its arguments",
  async () => {
    const dir = await Deno.makeTempDir();
    try {
      for (const [name, results] of Object.entries({ one: first, two: second })) {
        await Deno.mkdir(join(dir, name));
        await Deno.writeTextFile(join(dir, name, "results.json"), JSON.stringify(results));
      }
      const [one, two, out] = ["one", "two", "page.html"].map((name) => join(dir, name));
      const done = await runTask("compare", one, two, "--out", out);
      assert.equal(done.code, 0, done.said);
      assert.match(await Deno.readTextFile(out), /<bdi>two<\/bdi>/);

      const cases: [string[], number, RegExp][] = [
        [[one], 2, /needs two run folders/],
        [[one, join(dir, "three")], 1, /three.results\.json is missing/],
        [[one, two, "--out", join(dir, "no", "page.html")], 2, /--out .*its folder does not exist/],
      ];
      for (const [args, code, message] of cases) {
        const failed = await runTask("compare", ...args);
        assert.equal(failed.code, code);
        assert.match(failed.said, message);
      }
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  },
);
