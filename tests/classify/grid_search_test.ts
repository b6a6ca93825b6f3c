import assert from "node:assert/strict";
import { classifierFromState } from "../../src/classify/registry.ts";
import { NotFittedError } from "../../src/classify/fit_input.ts";
import { GridSearch } from "../../src/classify/grid_search.ts";
import { ModelStateError } from "../../src/classify/model_state.ts";
import { scaleGamma } from "../../src/classify/svm/rbf_kernel.ts";
import { scoreGrid } from "../../src/classify/score_grid.ts";
import { Svm } from "../../src/classify/svm/svm.ts";
import { uar } from "../../src/evaluate/uar.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { meanRecall } from "../../src/numeric/mean_recall.ts";
import { Random } from "../../src/numeric/random.ts";
import { stratifiedGroupKFold } from "../../src/split/stratified_group_k_fold.ts";

/** A grid search of scikit-learn's: see tests/fixtures/make_splits.py. */
interface Fixture {
  x: number[][];
  y: number[];
  groups: string[];
  c: number[];
  gamma: number[];
  folds: number[][];
  uar: number[];
  best: { c: number; gamma: number };
  predictions: number[];
}

function fixture(name: string): Fixture {
  const url = new URL(`../fixtures/splits/grid_search_${name}.json`, import.meta.url);
  return JSON.parse(Deno.readTextFileSync(url));
}

for (const name of ["two_classes", "three_classes", "five_classes"]) {
  Deno.test(`scoreGrid() gives GridSearchCV's scores and choice: ${name}`, () => {
    const { x: rows, y: labels, groups, c, gamma, folds, uar, best, predictions } = fixture(name);
    const [x, y] = [Matrix.fromRows(rows), Int32Array.from(labels)];
    const tests = stratifiedGroupKFold(y, groups, folds.length);
    assert.deepEqual(tests.map((test) => [...test]), folds);
    const scores = scoreGrid(x, y, tests, { c, gamma, tolerance: 1e-6 });
    scores.forEach((score, k) => assert(Math.abs(score.uar - uar[k]) < 1e-12, `point ${k}`));
    const chosen = scores.reduce((a, b) => b.uar > a.uar ? b : a);
    assert.equal(chosen.c, best.c);
    assert(Math.abs(chosen.gamma - best.gamma) < 1e-9);

    // The search itself, made to choose among one: its machine is that of the best point.
    const model = new GridSearch({ c: [chosen.c], gamma: [chosen.gamma], tolerance: 1e-6 });
    model.fit(x, y, Math.max(...y) + 1, groups);
    const turned = Matrix.fromRows(rows.toReversed().map((row) => row.map((value) => value * 0.9)));
    assert.deepEqual(Array.from(model.predict(turned)), predictions);
  });
}

/** 60 rows of 3 classes by 6 speakers, whose own offsets are larger than the classes' differences. */
function speakers(): { x: Matrix; y: Int32Array; groups: string[] } {
  const random = new Random(4);
  const offsets = Array.from({ length: 6 }, () => Array.from({ length: 5 }, () => random.normal()));
  const y = Int32Array.from({ length: 60 }, (_, i) => i % 3);
  const x = Matrix.fromRows(
    Array.from(
      y,
      (c, i) => offsets[Math.floor(i / 10)].map((o, f) => o + (f === c ? 1 : 0) + random.normal()),
    ),
  );
  return { x, y, groups: Array.from(y, (_, i) => `speaker ${Math.floor(i / 10)}`) };
}

Deno.test("GridSearch fits the best point on all rows, with the machine that Svm fits there", () => {
  const { x, y, groups } = speakers();
  const model = new GridSearch({ c: [10, 0.1, 1], gamma: [0.1, 1], seed: 3 });
  model.fit(x, y, 3, groups);
  assert.deepEqual(model.scores.map(({ c, gamma }) => [c, gamma]), [
    ...[[0.1, 0.1], [0.1, 1], [1, 0.1], [1, 1], [10, 0.1], [10, 1]],
  ]);
  const best = model.scores.reduce((a, b) => b.uar > a.uar ? b : a);
  assert(new Set(model.scores.map(({ uar }) => uar)).size > 1, "the grid makes no difference");
  const svm = new Svm({ kernel: "rbf", c: best.c, gamma: best.gamma * scaleGamma(x), seed: 3 });
  svm.fit(x, y, 3);
  assert.deepEqual(model.predict(x), svm.predict(x));
  assert.deepEqual(model.predictProba(x), svm.predictProba(x));
  assert.equal(model.warning, undefined);
});

Deno.test("GridSearch keeps groups together in its inner folds", () => {
  // Rows of a group are copies: inner folds that divide groups find nearly all of them among the rest.
  const random = new Random(8);
  const groups = Array.from({ length: 48 }, (_, i) => `take ${i >> 2}`);
  const y = Int32Array.from({ length: 48 }, (_, i) => (i >> 2) % 2);
  const takes = Array.from({ length: 12 }, () => [random.normal(), random.normal()]);
  const x = Matrix.fromRows(Array.from(y, (_, i) => takes[i >> 2]));
  const options = { c: [100], gamma: [20] };
  const [apart, together] = [new GridSearch(options), new GridSearch(options)];
  apart.fit(x, y, 2);
  together.fit(x, y, 2, groups);
  const [known, unknown] = [apart.scores[0].uar, together.scores[0].uar];
  assert(known > 0.85 && unknown < 0.7, `${known} and ${unknown}`);
});

Deno.test("GridSearch makes as many inner folds as there are groups, and says where there is one", () => {
  const { x, y } = speakers();
  const two = new GridSearch({ c: [1], gamma: [1] });
  two.fit(x, y, 3, Array.from(y, (_, i) => i < 30 ? "a" : "b"));
  assert.equal(two.warning, undefined);
  const one = new GridSearch({ c: [1], gamma: [1] });
  one.fit(x, y, 3, Array.from(y, () => "a"));
  assert.match(one.warning!, /of one group.*one by one/);
});

Deno.test("GridSearch makes no more inner folds than the commonest class has samples", () => {
  const x = Matrix.fromRows([[0], [1], [8], [9], [20]]);
  const y = Int32Array.of(0, 0, 1, 1, 2);
  const [own, two] = [new GridSearch({ seed: 3 }), new GridSearch({ seed: 3, folds: 2 })];
  own.fit(x, y, 3);
  two.fit(x, y, 3);
  assert.deepEqual(own.scores, two.scores);
});

Deno.test("GridSearch comes back from its state, and refuses one without scores", () => {
  const { x, y, groups } = speakers();
  const model = new GridSearch({ c: [1, 5], gamma: [0.5] });
  assert.throws(() => model.predict(x), NotFittedError);
  model.fit(x, y.map((c) => c + 1), 5, groups);
  const state = structuredClone(model.state());
  const again = classifierFromState(state) as GridSearch;
  assert.equal(again.name, "svm-rbf-grid");
  assert.deepEqual(again.predictProba(x), model.predictProba(x));
  assert.deepEqual(again.scores, model.scores);
  assert.deepEqual(again.state(), model.state());
  const { scores: _, ...settings } = state.settings;
  assert.throws(
    () => classifierFromState({ ...state, settings }),
    (error) => error instanceof ModelStateError && /"scores"/.test(error.message),
  );
  assert.throws(() => GridSearch.fromState({ ...state, model: "svm-rbf" }), ModelStateError);
});

Deno.test("GridSearch refuses an impossible grid, and groups that do not fit the rows", () => {
  assert.throws(() => new GridSearch({ c: [] }), /c must list positive numbers/);
  assert.throws(() => new GridSearch({ gamma: [1, 0] }), /gamma must list positive numbers/);
  assert.throws(() => new GridSearch({ folds: 1 }), /folds must be an integer of at least 2/);
  const { x, y } = speakers();
  assert.throws(() => new GridSearch().fit(x, y, 3, ["a"]), /60 rows of features but 1 groups/);
});

Deno.test("meanRecall() is uar()", () => {
  const random = new Random(6);
  for (let k = 0; k < 50; k++) {
    const n = 1 + random.int(40);
    const draw = () => Int32Array.from({ length: n }, () => random.int(5));
    const [truth, predicted] = [draw(), draw()];
    assert.equal(meanRecall(truth, predicted), uar(truth, predicted, 5));
  }
  assert.throws(() => meanRecall([], []), RangeError);
  assert.throws(() => meanRecall([0], [0, 1]), RangeError);
});
