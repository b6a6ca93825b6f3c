import assert from "node:assert/strict";
import { RAVDESS } from "../../src/corpus/ravdess/ravdess.ts";
import { DEFAULT_CONFIG } from "../../src/pipeline/config.ts";
import type { ResultRow, Results } from "../../src/pipeline/run/results.ts";
import { resultsTable, SYNTHETIC } from "../../src/report/table.ts";

function row(modality: ResultRow["modality"], right: number, leaks: string[] = []): ResultRow {
  return {
    modality,
    recipe: "tutorial",
    features: { audio: "mfcc", video: "face", fused: "mfcc+face" }[modality],
    normalisation: "none",
    model: "lda",
    fusion: modality === "fused" ? "early" : "none",
    train: { n: 25, accuracy: 1 },
    test: {
      ...{ n: 7, nClusters: 7, accuracy: right / 7, uar: 0.5, macroF1: 0.5 },
      ...{ ci95: [0.1, 0.9], clusteredCi95: null, uarCi95: [0.3, 0.7], macroF1Ci95: null },
      ...{ logLoss: 1, ece: 0.1, auc: 0.5, aucLeftOut: [], perClass: [], confusion: [] },
    },
    leaks,
    warnings: [],
  };
}

function results(overrides: Partial<Results> = {}): Results {
  return {
    schema: "emofuse.results/1",
    config: DEFAULT_CONFIG,
    corpus: {
      ...{ name: RAVDESS.name, title: RAVDESS.title, words: RAVDESS.words },
      synthetic: false,
      samples: 32,
      clips: 32,
      takes: 16,
      speakers: ["1"],
      classes: [{ label: "calm", samples: 16 }, { label: "angry", samples: 16 }],
      silent: 16,
      sha256: "",
      skipped: [],
      warnings: [],
    },
    backbone: null,
    chance: 0.5,
    majority: 4 / 7,
    folds: [{ name: "hold-out", train: 25, test: Array(7).fill("x") }],
    leaks: [],
    rows: [row("audio", 3), row("video", 6), row("fused", 6)],
    provenance: {},
    ...overrides,
  };
}

const line = (text: string, part: string) => text.split("\n").find((l) => l.includes(part))!;

Deno.test("resultsTable() shows counts beside shares", () => {
  const text = resultsTable(results());
  assert.match(line(text, "mfcc "), /42\.9 %.*3\/7.*50\.0 %.*10\.0 % - 90\.0 %/);
  assert.match(text, /25 to train and 7 to test/);
});

Deno.test("resultsTable() marks every row that shares the best test accuracy, and no other", () => {
  const text = resultsTable(results());
  assert.equal(text.match(/\*85\.7 %/g)?.length, 2);
  assert(!text.includes("*42.9 %"));
});

Deno.test("resultsTable() marks no row as the best where there is but one", () => {
  const text = resultsTable(results({ rows: [row("audio", 3)] }));
  assert(!text.includes("*") && !text.includes("highest of"));
  assert.match(text, /^the intervals are Wilson's/m);
  assert.match(resultsTable(results()), /^\* highest of 3 rows/m);
});

Deno.test("resultsTable() gives the interval of the UAR where there are folds, and marks the best UAR", () => {
  const { folds, rows } = results();
  const few = resultsTable(results({ folds: [...folds, ...folds] }));
  assert.match(line(few, "mfcc "), /3\/7.*\*50\.0 %[ │]*$/);
  assert.match(few, /performances; fewer than 10, or a row that is always right, have none/);
  const many = rows.map((row) => ({ ...row, test: { ...row.test, nClusters: 10 } }));
  const text = resultsTable(results({ folds: [...folds, ...folds], rows: many }));
  assert.match(line(text, "mfcc "), /3\/7.*\*50\.0 %.*30\.0 % - 70\.0 %/);
  assert(!text.includes("*85.7 %"));
});

Deno.test("resultsTable() says which leaks touch which row", () => {
  const text = resultsTable(results({
    leaks: [{ id: "twins", text: "2 of 7 show a twin" }, { id: "silence", text: "16 are silent" }],
    rows: [row("audio", 3, ["silence"]), row("fused", 6, ["twins", "silence"])],
  }));
  assert.match(line(text, "3/7"), /│ b +│$/);
  assert.match(line(text, "6/7"), /│ a b +│$/);
  assert.match(text, /a {2}2 of 7 show a twin/);
  assert.match(text, /b {2}16 are silent/);
});

Deno.test("resultsTable() has no column of leaks where there is none", () => {
  assert(!resultsTable(results()).includes("leaks"));
});

Deno.test("resultsTable() says above all that a corpus is synthetic", () => {
  const { corpus } = results();
  assert(resultsTable(results({ corpus: { ...corpus, synthetic: true } })).startsWith(SYNTHETIC));
  assert(!resultsTable(results()).includes("SYNTHETIC"));
});

Deno.test("resultsTable() names ten skipped files and counts the others", () => {
  const { corpus } = results();
  const skipped = Array.from(
    { length: 12 },
    (_, i) => ({ file: `${i}.mp4`, reason: "file is empty" }),
  );
  const text = resultsTable(results({ corpus: { ...corpus, skipped } }));
  assert.match(text, /Skipped 12 files:/);
  assert(text.includes("9.mp4: file is empty") && !text.includes("10.mp4"));
  assert.match(text, /and 2 more, listed in results\.json/);
});

Deno.test("resultsTable() lists the rows that could not be fitted by their reason", () => {
  const name = {
    modality: "audio",
    recipe: "tutorial",
    normalisation: "train",
    fusion: "none",
  } as const;
  const unfitted = [
    { ...name, features: "voice", model: "lda", reason: "fold-1: too few" },
    { ...name, features: "face", model: "lda", fusion: "early", reason: "fold-1: too few" },
    { ...name, features: "voice", model: "ensemble", reason: "fold-2: never ends" },
  ] as const;
  const text = resultsTable(results({ unfitted }));
  assert.match(text, /\n\n3 rows could not be fitted:\n/);
  assert.match(
    text,
    /^ {2}voice training set lda, face training set lda early: fold-1: too few\n {2}voice training set ensemble: fold-2: never ends$/m,
  );
  assert(!resultsTable(results()).includes("could not be fitted"));
});

Deno.test("resultsTable() groups rows and leaves out columns where the terminal is narrow, and says so", () => {
  const leaks = [{ id: "twins", text: "2 of 7 test samples show a twin" } as const];
  const rows = [row("audio", 3, ["twins"]), { ...row("fused", 6), normalisation: "own" } as const];
  const lines = (width: number, folds = 1) =>
    resultsTable(results({ leaks, rows, folds: Array(folds).fill(results().folds[0]) }), width)
      .split("\n");
  for (const width of [52, 60, 80]) {
    assert(lines(width).every((line) => line.length <= width), lines(width).join("\n"));
  }
  const once = lines(52).join("\n");
  assert.match(
    once,
    /^model +test +right +95 % of test +leaks\nmfcc\n {2}lda +42\.9 % +3\/7 +10\.0/m,
  );
  assert.match(once, /^mfcc\+face, normalised by speaker\n {2}lda, early +\*85\.7 %/m);
  assert.match(once, /^\(left out for want of room: train, UAR\)$/m);
  const folds = lines(45, 2).join("\n");
  assert.match(folds, /^model +UAR +95 % of UAR +leaks$/m);
  assert.match(folds, /^\(left out for want of room: train, test,\n {2}right\)$/m);
});

Deno.test("resultsTable() tells how well people did, where they were asked", () => {
  const scores = { n: 40, accuracy: 0.41, uar: 0.405, uarCi95: [0.35, 0.46] as const };
  const people = [{ modality: "audio" as const, ...scores }];
  assert.match(
    resultsTable(results({ people })),
    /\npeople who heard the voice, by most votes: 41\.0 % right of 40, UAR 40\.5 % \(35\.0 % - 46\.0 %\)$/,
  );
  assert.doesNotMatch(resultsTable(results()), /people who/);
});

Deno.test("resultsTable() tells a reason once, with the folds that gave it", () => {
  const warnings = ["fold-1: too few groups", "fold-2: too few groups", "fold-4: not converged"];
  const text = resultsTable(results({ rows: [{ ...row("audio", 3), warnings }] }));
  assert.match(text, /lda none: fold-1, fold-2: too few groups; fold-4: not converged/);
});
