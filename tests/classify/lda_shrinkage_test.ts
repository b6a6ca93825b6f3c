import assert from "node:assert/strict";
import { LdaShrinkage } from "../../src/classify/linear/lda_shrinkage.ts";
import { ledoitWolf } from "../../src/classify/linear/ledoit_wolf.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { DATA_SETS, largestDifference, sklearnFixture } from "./sklearn_fixture.ts";

/** See tests/fixtures/make_lda_shrinkage.py. */
const reference: Record<string, { shrinkage: number; probabilities: number[][] }> = JSON.parse(
  Deno.readTextFileSync(new URL("../fixtures/sklearn/lda_shrinkage.json", import.meta.url)),
);

for (const name of DATA_SETS) {
  Deno.test(`LdaShrinkage gives scikit-learn's posteriors: ${name}`, () => {
    const { x, y, nClasses, xTest } = sklearnFixture(name);
    const model = new LdaShrinkage();
    model.fit(x, y, nClasses);
    const difference = largestDifference(model.predictProba(xTest), reference[name].probabilities);
    // Predictions are single-precision numbers.
    assert(difference < 1e-6, `differs by ${difference}`);
  });

  Deno.test(`ledoitWolf() gives scikit-learn's shrinkage: ${name}`, () => {
    const { x } = sklearnFixture(name);
    const centred = Float64Array.from(x.data);
    for (let c = 0; c < x.cols; c++) {
      let mean = 0;
      for (let r = 0; r < x.rows; r++) mean += x.row(r)[c] / x.rows;
      for (let r = 0; r < x.rows; r++) centred[r * x.cols + c] -= mean;
    }
    assert(Math.abs(ledoitWolf(centred, x.cols) - reference[name].shrinkage) < 1e-9);
  });
}

Deno.test("LdaShrinkage serves classes too small to say how far to shrink", () => {
  // Two samples of a class lie opposite each other about their mean: the formula then shrinks nothing.
  const x = Matrix.fromRows([[0, 0, 1], [0, 1, 0], [5, 5, 6], [5, 6, 5]]);
  const model = new LdaShrinkage();
  model.fit(x, Int32Array.of(0, 0, 1, 1), 2);
  assert(model.predictProba(x).data.every(Number.isFinite));

  const single = new LdaShrinkage();
  single.fit(Matrix.fromRows([[0], [1], [8], [9]]), Int32Array.of(0, 0, 1, 1), 2);
  assert.deepEqual(single.predict(Matrix.fromRows([[2], [7]])), Int32Array.of(0, 1));
});
