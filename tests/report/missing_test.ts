import assert from "node:assert/strict";
import type {
  MissingModality,
  MissingRow,
} from "../../src/pipeline/run/missing/missing_modality.ts";
import { missingTables, shownMissing } from "../../src/report/missing_table.ts";
import { renderReport } from "../../src/report/render_report.ts";
import { resultsTable } from "../../src/report/table.ts";
import { fakeRun } from "./fake_run.ts";

function row(name: Partial<MissingRow>, complete: number, lost: number): MissingRow {
  return {
    modality: "fused",
    recipe: "statistics",
    features: "voice+landmarks",
    normalisation: "own",
    model: "ensemble",
    fusion: "decision-mean",
    complete,
    uar: complete - lost,
    uarCi95: [0.5, 0.9],
    loss: { difference: lost, ci95: [lost - 0.01, lost + 0.01], p: 0.01 },
    ...name,
  };
}

const ATTENTION = { recipe: "attention", model: "attention", fusion: "attention" } as const;

/** A quarter without the voice, and without the face. */
const MISSING: MissingModality[] = (["audio", "video"] as const).map((modality, at) => ({
  modality,
  share: 0.25,
  n: 270,
  rows: [
    row({ fusion: "decision-mean" }, 0.9, 0.05 + at / 100),
    row({ fusion: "decision-product" }, 0.91, 0.06 + at / 100),
    row({ fusion: "decision-product", normalisation: "train" }, 0.8, 0.07 + at / 100),
    row(ATTENTION, 0.88, 0.031 + at / 100),
  ],
}));

Deno.test("shownMissing() shows attention, and the best rule of decision fusion by normalisation", () => {
  const shown = shownMissing(MISSING).map(({ row: { fusion, normalisation }, without }) => [
    fusion,
    normalisation,
    without.get("audio")!.loss.difference,
    without.get("video")!.loss.difference,
  ]);
  assert.deepEqual(shown, [
    ["attention", "own", 0.031, 0.041],
    ["decision-product", "own", 0.06, 0.06 + 0.01],
    ["decision-product", "train", 0.07, 0.07 + 0.01],
  ]);
  assert.deepEqual(shownMissing([]), []);
});

Deno.test("a missing modality is seen in the terminal, with the points that it costs", () => {
  const { results } = fakeRun();
  const text = resultsTable({ ...results, missing: MISSING });
  assert.match(
    text,
    /UAR where 270 samples \(25 %\) lack the voice, and where 270 samples \(25 %\) lack the face:/,
  );
  assert.match(text, /attention, attention.* 88\.0 %.* 84\.9 %.* 3\.1 \(2\.1 to 4\.1\).* 83\.9 %/);
  assert.match(text, /ensemble, decision-product.* 91\.0 %.* 85\.0 %/);
  assert(!resultsTable(results).includes("lack the"));
  assert.deepEqual(missingTables({}), []);
});

Deno.test("a missing modality has a section in the report, and none where nobody looked", () => {
  const { results, predictions, report } = fakeRun();
  const page = renderReport({ ...results, missing: MISSING }, predictions, report);
  assert(page.includes('<section id="missing"'));
  assert.match(page, /attention, attention<br>/);
  assert.match(page, /3\.1 \(2\.1 to 4\.1\)/);
  assert(!renderReport(results, predictions, report).includes('id="missing"'));
});
