import assert from "node:assert/strict";
import { NotFittedError } from "../../src/classify/fit_input.ts";
import { logPool } from "../../src/classify/log_pool.ts";
import { ModelStateError } from "../../src/classify/model_state.ts";
import { classifierFromState, createClassifier } from "../../src/classify/registry.ts";
import { splitColumns } from "../../src/classify/split_columns.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { Random } from "../../src/numeric/random.ts";

const BLOCKS = [2, 3];

function clouds(): { x: Matrix; y: Int32Array } {
  const random = new Random(7);
  const y = Int32Array.from({ length: 30 }, (_, i) => i % 3);
  const rows = Array.from(
    y,
    (c) => Array.from({ length: 5 }, (_, f) => (f === c ? 2 : 0) + random.normal()),
  );
  return { x: Matrix.fromRows(rows), y };
}

for (const name of ["lda-shrinkage", "logistic-regression", "svm-rbf-grid", "ensemble"] as const) {
  Deno.test(`${name} of blocks pools what it is on each, and comes back from its state`, () => {
    const { x, y } = clouds();
    const model = createClassifier(name, { seed: 2, c: 0.1, blocks: BLOCKS });
    assert.throws(() => model.predictProba(x), NotFittedError);
    model.fit(x, y, 3);
    const apart = splitColumns(x, BLOCKS).map((part) => {
      const alone = createClassifier(name, { seed: 2, c: 0.1 });
      alone.fit(part, y, 3);
      return alone.predictProba(part);
    });
    const pooled = logPool(apart);
    model.predictProba(x).data.forEach((p, i) => assert(Math.abs(p - pooled.data[i]) < 1e-5));
    assert.deepEqual(model.predict(x), model.predictProba(x).argMax());
    const back = classifierFromState(structuredClone(model.state()));
    assert.deepEqual(back.predictProba(x), model.predictProba(x));
    assert.equal(back.name, name);
  });
}

Deno.test("splitColumns() gives the columns side by side, and refuses blocks that are not all of them", () => {
  const [first, second] = splitColumns(Matrix.fromRows([[1, 2, 3], [4, 5, 6]]), [1, 2]);
  assert.deepEqual([...first.data], [1, 4]);
  assert.deepEqual([...second.data], [2, 3, 5, 6]);
  assert.throws(() => splitColumns(new Matrix(1, 3), [1, 1]), /1 \+ 1 columns are not the 3/);
});

Deno.test("a state whose blocks are damaged is refused", () => {
  const { x, y } = clouds();
  const model = createClassifier("lda-shrinkage", { seed: 2, blocks: BLOCKS });
  model.fit(x, y, 3);
  const state = model.state();
  for (const blocks of [[], [{}], "two"]) {
    const settings = { ...state.settings, blocks };
    assert.throws(() => classifierFromState({ ...state, settings }), ModelStateError);
  }
});
