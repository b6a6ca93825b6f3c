import assert from "node:assert/strict";
import { crossProducts } from "../../src/numeric/cross_products.ts";
import { fitSigmoid, plattScaling, sigmoid } from "../../src/classify/svm/platt.ts";
import { pairwiseCoupling } from "../../src/classify/svm/pairwise_coupling.ts";
import { rbfKernel, scaleGamma } from "../../src/classify/svm/rbf_kernel.ts";
import { DATA_SETS, sklearnFixture } from "./sklearn_fixture.ts";

for (const name of DATA_SETS) {
  for (const kind of ["linear", "rbf"] as const) {
    Deno.test(`plattScaling() gives libsvm's sigmoids on libsvm's folds: ${name}, ${kind}`, () => {
      const { x, y, nClasses, ...fixture } = sklearnFixture(name);
      const expected = kind === "linear" ? fixture.svmLinear : fixture.svmRbf;
      const values = Float64Array.from(x.data);
      const kernel = kind === "linear"
        ? crossProducts(values, values, x.cols)
        : rbfKernel(values, values, x.cols, scaleGamma(x));
      const members = (c: number) => Int32Array.from(y.keys()).filter((r) => y[r] === c);
      let pair = 0;
      for (let i = 0; i < nClasses; i++) {
        for (let j = i + 1; j < nClasses; j++, pair++) {
          const { a, b } = plattScaling({
            kernel,
            stride: x.rows,
            first: members(i),
            second: members(j),
            c: 1,
            tolerance: 1e-3,
          }, Int32Array.from(expected.permutations[pair]));
          for (const [actual, wanted] of [[a, expected.a[pair]], [b, expected.b[pair]]]) {
            const allowed = 5e-3 * Math.max(1, Math.abs(wanted));
            assert(Math.abs(actual - wanted) < allowed, `pair ${i}-${j}: ${actual}, not ${wanted}`);
          }
        }
      }
    });

    Deno.test(`pairwiseCoupling() gives libsvm's probabilities: ${name}, ${kind}`, () => {
      const { nClasses: k, ...fixture } = sklearnFixture(name);
      const { a, b, decisions, probabilities } = kind === "linear"
        ? fixture.svmLinear
        : fixture.svmRbf;
      decisions.forEach((row, r) => {
        const pairs = new Float64Array(k * k);
        for (let i = 0, pair = 0; i < k; i++) {
          for (let j = i + 1; j < k; j++, pair++) {
            // With two classes scikit-learn turns the sign of what it shows, not of what it uses.
            const f = k === 2 ? -row[pair] : row[pair];
            const p = sigmoid(f, { a: a[pair], b: b[pair] });
            pairs[i * k + j] = Math.min(Math.max(p, 1e-7), 1 - 1e-7);
            pairs[j * k + i] = 1 - pairs[i * k + j];
          }
        }
        pairwiseCoupling(pairs, k).forEach((p, c) => {
          assert(Math.abs(p - probabilities[r][c]) < 1e-6, `${p}, not ${probabilities[r][c]}`);
        });
      });
    });
  }
}

Deno.test("fitSigmoid() follows the share of the classes where decisions say nothing", () => {
  const fitted = fitSigmoid(
    new Float64Array(40),
    Uint8Array.from({ length: 40 }, (_, k) => +(k < 30)),
  );
  // Platt's targets: (30 (31/32) + 10 (1/12)) / 40.
  assert(Math.abs(sigmoid(0, fitted) - (30 * 31 / 32 + 10 / 12) / 40) < 1e-6);
});

Deno.test("sigmoid() does not overflow", () => {
  assert.equal(sigmoid(1e6, { a: -1, b: 0 }), 1);
  assert.equal(sigmoid(-1e6, { a: -1, b: 0 }), 0);
});

Deno.test("pairwiseCoupling() recovers probabilities from consistent pairs", () => {
  const p = [0.5, 0.3, 0.15, 0.05];
  const pairs = Float64Array.from({ length: 16 }, (_, at) => {
    const [i, j] = [Math.floor(at / 4), at % 4];
    return p[i] / (p[i] + p[j]);
  });
  pairwiseCoupling(pairs, 4).forEach((value, c) => assert(Math.abs(value - p[c]) < 5e-3));
});
