import assert from "node:assert/strict";
import type { CellScores } from "../../src/pipeline/run/corpus_matrix.ts";
import type { ResultRow, RowName } from "../../src/pipeline/run/results.ts";
import { corpusGrids } from "../../src/report/corpus_grid.ts";
import { fakeRun } from "./fake_run.ts";

const name = (model: "lda" | "svm-rbf", normalisation: "train" | "corpus"): RowName => ({
  modality: "audio",
  recipe: "statistics",
  features: "voice",
  normalisation,
  model,
  fusion: "none",
});

const cell = (train: string, test: string): CellScores => ({
  ...{ train, test },
  n: 10,
  speakers: 2,
  accuracy: 0.5,
  uar: 0.5,
  uarCi95: null,
});

Deno.test("corpusGrids() shows the row of each normalisation that does best in the table", () => {
  const names = [
    [name("lda", "train"), 0.3],
    [name("svm-rbf", "train"), 0.5],
    [name("lda", "corpus"), 0.6],
    [name("svm-rbf", "corpus"), 0.4],
  ] as const;
  const [known] = fakeRun().results.rows;
  const rows = names.map(([row, uar]): ResultRow => ({
    ...known,
    ...row,
    test: { ...known.test, uar },
  }));
  const cells = ["a", "b", "c"].flatMap((test) =>
    ["a", "b", "c", "others"].map((train) => cell(train, test))
  );
  const matrix = { corpora: ["a", "b", "c"], rows: names.map(([row]) => ({ ...row, cells })) };
  const grids = corpusGrids({ rows, matrix });
  assert.deepEqual(grids.map(({ row: { model }, by }) => [model, by]), [
    ["svm-rbf", "training set"],
    ["lda", "corpus"],
  ]);
  const [{ tested, lines }] = grids;
  assert.deepEqual(tested, ["a", "b", "c"]);
  assert.deepEqual(lines.map(({ trained }) => trained), ["a", "b", "c", "others"]);
  assert.deepEqual(lines[3].cells, ["a", "b", "c"].map((test) => cell("others", test)));
  assert.deepEqual(corpusGrids({ rows }), []);
});
