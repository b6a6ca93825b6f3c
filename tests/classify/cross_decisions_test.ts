import assert from "node:assert/strict";
import { ClassBlocks } from "../../src/classify/svm/class_blocks.ts";
import { forEachPair } from "../../src/classify/svm/class_pairs.ts";
import { crossDecisions } from "../../src/classify/svm/cross_decisions.ts";
import { PairKernels } from "../../src/classify/svm/pair_kernels.ts";
import { Svm } from "../../src/classify/svm/svm.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { Random } from "../../src/numeric/random.ts";

Deno.test("crossDecisions() gives what a machine says that was fitted without the fold", () => {
  const random = new Random(7);
  const y = Int32Array.from({ length: 40 }, (_, row) => row % 5 === 4 ? 2 : row % 2);
  const x = Matrix.fromRows(Array.from(y, (label) => [
    label + random.normal(),
    label * label + random.normal(),
    random.normal(),
  ]));
  const members = [0, 1, 2].map((k) => Int32Array.from(y.keys()).filter((row) => y[row] === k));
  // Rows in no order, rows in no fold, and a fold that holds a whole class.
  const tests = [Int32Array.of(31, 0, 4, 7, 12), Int32Array.of(1, 2, 3), members[2]];
  const points = [{ c: 1, gamma: 0.5 }, { c: 10, gamma: 0.1 }, { c: 0.1, gamma: 0.5 }];
  const kernels = new PairKernels(new ClassBlocks(x, members, "distances"));
  const folds = crossDecisions(kernels, tests, points, 1e-3);
  assert.deepEqual(folds.map(({ present }) => present), [[0, 1, 2], [0, 1, 2], [0, 1]]);

  tests.forEach((test, fold) => {
    const rest = Int32Array.from(y.keys()).filter((row) => !test.includes(row));
    points.forEach((point, at) => {
      const svm = new Svm({ kernel: "rbf", ...point });
      svm.fit(x.selectRows(rest), rest.map((row) => y[row]), 3);
      const expected = svm.decisionFunction(x.selectRows(test));
      const { present, values } = folds[fold];
      // With two classes decisionFunction() speaks for the second, as scikit-learn's does.
      const sign = present.length === 2 ? -1 : 1;
      forEachPair(present.length, (i, j, column) => {
        let pair = 0;
        forEachPair(3, (a, b, k) => {
          if (a === present[i] && b === present[j]) pair = k;
        });
        for (let row = 0; row < test.length; row++) {
          const actual = sign * values[at][pair * test.length + row];
          assert.ok(Math.abs(actual - expected.data[row * expected.cols + column]) < 1e-6);
        }
      });
    });
  });
});
