import assert from "node:assert/strict";
import { Svm } from "../../src/classify/svm/svm.ts";
import { Matrix } from "../../src/numeric/matrix.ts";

Deno.test("Svm forgets what it said of a matrix when it is fitted anew", () => {
  const x = Matrix.fromRows([[0], [1], [8], [9]]);
  const model = new Svm({ kernel: "rbf" });
  model.fit(x, Int32Array.of(0, 0, 1, 1), 2);
  assert.deepEqual(model.predict(x), Int32Array.of(0, 0, 1, 1));
  model.fit(x, Int32Array.of(1, 1, 0, 0), 2);
  assert.deepEqual(model.predict(x), Int32Array.of(1, 1, 0, 0));
});
