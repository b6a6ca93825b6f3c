import assert from "node:assert/strict";
import { Ensemble, ENSEMBLE_MEMBERS } from "../../src/classify/ensemble.ts";
import { NotFittedError } from "../../src/classify/fit_input.ts";
import { logPool } from "../../src/classify/log_pool.ts";
import { ModelStateError } from "../../src/classify/model_state.ts";
import { createClassifier } from "../../src/classify/registry.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { Random } from "../../src/numeric/random.ts";

Deno.test("Ensemble pools its members, each as it is alone", () => {
  const random = new Random(3);
  const y = Int32Array.from({ length: 36 }, (_, i) => i % 3);
  const rows = Array.from(y, (c) => Array.from({ length: 5 }, (_, f) => f === c ? 2 : 0));
  const x = Matrix.fromRows(rows.map((row) => row.map((value) => value + random.normal())));
  const groups = Array.from(y, (_, i) => `speaker ${i % 6}`);
  const model = new Ensemble({ c: 0.1, seed: 5 });
  assert.throws(() => model.predictProba(x), NotFittedError);
  model.fit(x, y, 3, groups);
  const alone = (["lda-shrinkage", "logistic-regression", "svm-rbf-grid"] as const).map((name) => {
    const member = createClassifier(name, { c: 0.1, seed: 5 });
    member.fit(x, y, 3, groups);
    return member.predictProba(x);
  });
  assert.deepEqual(model.predictProba(x), logPool(alone));
  assert.deepEqual(model.predict(x), logPool(alone).argMax());
});

Deno.test("logPool() is the geometric mean, spares a class that one opinion rules out, and keeps zeros", () => {
  const pooled = logPool([
    Matrix.fromRows([[0.8, 0.2, 0], [1, 0, 0]]),
    Matrix.fromRows([[0.2, 0.8, 0], [0.5, 0.5, 0]]),
  ]);
  const [same, vetoed] = [pooled.row(0), pooled.row(1)];
  assert(Math.abs(same[0] - 0.5) < 1e-6 && Math.abs(same[1] - 0.5) < 1e-6);
  assert(vetoed[1] > 0 && vetoed[1] < 1e-3);
  assert.deepEqual([same[2], vetoed[2]], [0, 0]);
});

Deno.test("Ensemble refuses a state that lacks a member", () => {
  const x = Matrix.fromRows([[0], [1], [2], [8], [9], [10]]);
  const model = new Ensemble();
  model.fit(x, Int32Array.of(0, 0, 0, 1, 1, 1), 2);
  const state = model.state();
  for (const name of ["lda-shrinkage", "logistic-regression", "svm-rbf-grid"]) {
    const { [name]: _, ...settings } = state.settings;
    assert.throws(
      () => Ensemble.fromState({ ...state, settings }),
      (error) =>
        error instanceof ModelStateError && error.message.endsWith(`settings of its ${name}`),
    );
  }
  assert.throws(() => Ensemble.fromState({ ...state, model: "lda" }), ModelStateError);
});

Deno.test("Ensemble.of() is what fit() makes, of members that were fitted already", () => {
  const random = new Random(4);
  const y = Int32Array.from({ length: 36 }, (_, i) => i % 3);
  const x = Matrix.fromRows(Array.from(y, (c) => [c + random.normal(), random.normal()]));
  const members = ENSEMBLE_MEMBERS.map((name) => createClassifier(name, { c: 0.1, seed: 5 }));
  for (const member of members) member.fit(x, y, 3);
  const fitted = new Ensemble({ c: 0.1, seed: 5 });
  fitted.fit(x, y, 3);
  const made = Ensemble.of(members);
  assert.deepEqual(made.predictProba(x), fitted.predictProba(x));
  assert.deepEqual(made.state(), fitted.state());
  assert.throws(() => Ensemble.of(members.slice(1)), /an ensemble is lda-shrinkage, logistic-/);
});
