import assert from "node:assert/strict";
import { resultsCsv } from "../../src/report/csv/results_csv.ts";
import { fakeRun } from "./fake_run.ts";

const { results } = fakeRun({ actors: 3, emotions: 3 });

Deno.test("resultsCsv() has one line a row with every metric, in full precision", () => {
  const [head, ...lines] = resultsCsv(results).trim().split("\r\n").map((line) => line.split(","));
  assert.equal(lines.length, results.rows.length);
  const at = (line: string[], name: string) => line[head.indexOf(name)];
  results.rows.forEach(({ test, comparison, model }, i) => {
    assert.equal(lines[i].length, head.length);
    assert.equal(at(lines[i], "model"), model);
    assert.equal(Number(at(lines[i], "uar")), test.uar);
    assert.equal(Number(at(lines[i], "uar_high")), test.uarCi95![1]);
    assert.equal(Number(at(lines[i], "calm_recall")), test.perClass![1].recall);
    assert.equal(at(lines[i], "difference"), comparison ? String(comparison.difference) : "");
  });
});

Deno.test("resultsCsv() quotes what would break a line and disarms what a spreadsheet would compute", () => {
  const rows = [{ ...results.rows[0], features: "=1+1", warnings: ['a, "b"\nc'] }];
  const csv = resultsCsv({ ...results, rows });
  assert.ok(csv.includes(",'=1+1,"));
  assert.ok(csv.includes('"a, ""b""\nc"'));
});

Deno.test("resultsCsv() leaves empty what a run does not know", () => {
  const [row] = results.rows;
  const test = { ...row.test, auc: null, uarCi95: null };
  const csv = resultsCsv({ ...results, rows: [{ ...row, test, comparison: undefined }] });
  assert.doesNotMatch(csv, /undefined|null|NaN/);
});
