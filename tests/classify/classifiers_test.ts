import assert from "node:assert/strict";
import {
  CLASSICAL_CLASSIFIERS,
  type ClassicalName,
} from "../../src/classify/classical_registry.ts";
import { Ensemble } from "../../src/classify/ensemble.ts";
import { GaussianNb } from "../../src/classify/gaussian_nb.ts";
import { Lda } from "../../src/classify/linear/lda.ts";
import { LdaShrinkage } from "../../src/classify/linear/lda_shrinkage.ts";
import { LogisticRegression } from "../../src/classify/linear/logistic_regression.ts";
import { FitError } from "../../src/numeric/fit_error.ts";
import { NotFittedError } from "../../src/classify/fit_input.ts";
import { ModelStateError } from "../../src/classify/model_state.ts";
import type { ModelState } from "../../src/classify/classifier.ts";
import { classifierFromState, createClassifier } from "../../src/classify/registry.ts";
import { Svm } from "../../src/classify/svm/svm.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { Random } from "../../src/numeric/random.ts";
import { decodeSafetensors, encodeSafetensors } from "../../src/numeric/safetensors.ts";

/** Classes around centres of their own; the number of samples of each is given. */
function blobs(counts: readonly number[], features = 6): { x: Matrix; y: Int32Array } {
  const random = new Random(3);
  const y = Int32Array.from(counts.flatMap((count, c) => new Array<number>(count).fill(c)));
  const centres = counts.map(() => Array.from({ length: features }, () => 2 * random.normal()));
  const rows = Array.from(y, (c) => centres[c].map((centre) => centre + random.normal()));
  return { x: Matrix.fromRows(rows), y };
}

const MAKERS = {
  "gaussian-nb": () => new GaussianNb(),
  "lda": () => new Lda(),
  "lda-shrinkage": () => new LdaShrinkage(),
  "svm-linear": () => new Svm({ kernel: "linear" }),
  "svm-rbf": () => new Svm({ kernel: "rbf" }),
  "ensemble": () => new Ensemble(),
} as const;

/** A state that went through JSON and a safetensors file, as saving and loading does. */
function saved(state: ModelState): ModelState {
  return {
    model: state.model,
    settings: JSON.parse(JSON.stringify(state.settings)),
    tensors: decodeSafetensors(encodeSafetensors(state.tensors)).tensors,
  };
}

for (const [name, make] of Object.entries(MAKERS)) {
  Deno.test(`${name} predicts the same after state() and fromState()`, () => {
    const { x, y } = blobs([12, 9, 15]);
    const model = make();
    model.fit(x, y, 3);
    const again = classifierFromState(saved(model.state()));
    assert.equal(again.name, name);
    assert.deepEqual(again.predict(x), model.predict(x));
    assert.deepEqual(again.predictProba(x).data, model.predictProba(x).data);
    assert.deepEqual(again.state(), model.state());
  });

  Deno.test(`${name} refuses a state that lacks a tensor`, () => {
    const { x, y } = blobs([5, 5]);
    const model = make();
    model.fit(x, y, 2);
    const state = model.state();
    for (const lost of Object.keys(state.tensors)) {
      const { [lost]: _, ...tensors } = state.tensors;
      assert.throws(
        () => classifierFromState({ ...state, tensors }),
        (error) =>
          error instanceof ModelStateError && error.message.includes(`"${lost.split("/").at(-1)}"`),
      );
    }
  });

  Deno.test(`${name} gives a class without samples probability 0 and never predicts it`, () => {
    const { x, y } = blobs([10, 10, 10]);
    const shifted = y.map((c) => [1, 2, 4][c]);
    const model = make();
    model.fit(x, shifted, 6);
    const plain = make();
    plain.fit(x, y, 3);
    const probabilities = model.predictProba(x);
    const expected = plain.predictProba(x);
    for (let r = 0; r < x.rows; r++) {
      const row = probabilities.row(r);
      assert.deepEqual([row[0], row[3], row[5]], [0, 0, 0]);
      assert.deepEqual([row[1], row[2], row[4]], Array.from(expected.row(r)));
      assert(Math.abs(row.reduce((sum, p) => sum + p, 0) - 1) < 1e-6);
    }
    assert.deepEqual(model.predict(x), plain.predict(x).map((c) => [1, 2, 4][c]));
  });

  Deno.test(`${name} learns blobs that lie apart`, () => {
    const { x, y } = blobs([20, 20, 20], 10);
    const model = make();
    model.fit(x, y, 3);
    const right = model.predict(x).filter((c, k) => c === y[k]).length;
    assert(right >= 57, `${right} of 60`);
    const probabilities = model.predictProba(x);
    const likely = Array.from(y.keys()).filter((r) => probabilities.row(r)[y[r]] > 0.5).length;
    assert(likely >= 54, `${likely} of 60`);
  });

  Deno.test(`${name} is given the same bits by the same fit`, () => {
    const { x, y } = blobs([8, 7, 6]);
    const [a, b] = [make(), make()];
    a.fit(x, y, 3);
    b.fit(x, y, 3);
    assert.deepEqual(a.state(), b.state());
  });

  Deno.test(`${name} gives finite probabilities where no feature varies`, () => {
    const x = new Matrix(6, 3, new Float32Array(18).fill(0.1));
    const model = make();
    model.fit(x, Int32Array.of(0, 0, 0, 0, 1, 1), 2);
    for (const p of model.predictProba(x).data) assert(Number.isFinite(p) && p >= 0 && p <= 1);
  });

  Deno.test(`${name} throws for input that cannot be fitted`, () => {
    const { x, y } = blobs([5, 5]);
    const model = make();
    assert.throws(() => model.predict(x), NotFittedError);
    assert.throws(() => model.predictProba(x), NotFittedError);
    assert.throws(() => model.state(), NotFittedError);
    assert.throws(() => model.fit(x, y.subarray(1), 2), /10 rows of features but 9 labels/);
    assert.throws(() => model.fit(x, y, 1), /sample 5 is labelled 1/);
    assert.throws(() => model.fit(x, new Int32Array(10), 2), /all 10 are of class 0/);
    const broken = new Matrix(x.rows, x.cols, x.data.slice());
    broken.data[2 * x.cols + 4] = NaN;
    assert.throws(() => model.fit(broken, y, 2), /feature 4 of sample 2 is NaN/);
    model.fit(x, y, 2);
    assert.throws(() => model.predict(broken), /feature 4 of sample 2 is NaN/);
    assert.throws(() => model.predictProba(broken), /feature 4 of sample 2 is NaN/);
    model.fit(x, y, 2);
    assert.throws(() => model.predict(new Matrix(1, 3)), /fitted with 6 features.*have 3/);
  });
}

Deno.test("GaussianNb and Lda ignore a constant feature, whatever its value", () => {
  const { x, y } = blobs([9, 8, 10], 4);
  // 0.1 is not exact in binary: a mean with rounding errors would turn the constant into noise.
  const constant = new Matrix(x.rows, 1, new Float32Array(x.rows).fill(0.1));
  const padded = Matrix.concatColumns([x, constant]);
  for (const make of [MAKERS["gaussian-nb"], MAKERS["lda"]]) {
    const [plain, other] = [make(), make()];
    plain.fit(x, y, 3);
    other.fit(padded, y, 3);
    const expected = plain.predictProba(x).data;
    other.predictProba(padded).data.forEach((p, k) => assert(Math.abs(p - expected[k]) < 1e-6));
  }
});

Deno.test("GaussianNb, Lda and LdaShrinkage give the priors where no feature varies", () => {
  const x = new Matrix(5, 2, new Float32Array(10).fill(7));
  for (const make of [MAKERS["gaussian-nb"], MAKERS["lda"], MAKERS["lda-shrinkage"]]) {
    const model = make();
    model.fit(x, Int32Array.of(0, 1, 1, 1, 1), 2);
    const [first, second] = model.predictProba(x).row(0);
    assert(Math.abs(first - 0.2) < 1e-6 && Math.abs(second - 0.8) < 1e-6);
  }
});

Deno.test("what scikit-learn does not fit to one sample of each class is refused, the rest is fitted", () => {
  // scikit-learn 1.9.1: both LinearDiscriminantAnalysis and GridSearchCV raise ValueError.
  const refused = new Set(["lda", "lda-shrinkage", "svm-rbf-grid", "ensemble"]);
  const { x, y } = blobs([1, 1, 1]);
  const { x: more, y: moreY } = blobs([2, 1, 1]);
  for (const name of Object.keys(CLASSICAL_CLASSIFIERS) as ClassicalName[]) {
    const fit = (x: Matrix, y: Int32Array) => {
      const model = createClassifier(name, { seed: 1 });
      // An index between them that no sample has does not count as a class.
      model.fit(x, y.map((c) => 2 * c), 5);
      return model.predictProba(x);
    };
    if (refused.has(name)) {
      assert.throws(() => fit(x, y), (error) => {
        assert(error instanceof FitError);
        assert.match(error.message, /needs more samples than classes, .* each of 3 classes$/);
        return true;
      });
    } else assert(fit(x, y).data.every(Number.isFinite), name);
    assert(fit(more, moreY).data.every(Number.isFinite), name);
  }
});

Deno.test("Lda gives the same answer when every sample is repeated", () => {
  const { x, y } = blobs([4, 5, 4], 40);
  const twice = Array.from(y.keys()).flatMap((r) => [r, r]);
  const [once, doubled] = [new Lda(), new Lda()];
  once.fit(x, y, 3);
  doubled.fit(x.selectRows(twice), Int32Array.from(twice, (r) => y[r]), 3);
  const fresh = blobs([2, 2, 2], 40).x;
  assert.deepEqual(doubled.predict(fresh), once.predict(fresh));
});

/** A linear machine of one feature that always decides as told, for the pairs (0, 1), (0, 2) ... */
function decided(nClasses: number, decisions: readonly number[]): Svm {
  const pairs = decisions.length;
  return Svm.fromState({
    model: "svm-linear",
    settings: { nClasses, nFeatures: 1, c: 1, tolerance: 1e-3, seed: 0 },
    tensors: {
      classes: { shape: [nClasses], data: Int32Array.from({ length: nClasses }, (_, c) => c) },
      weights: { shape: [pairs, 1], data: new Float64Array(pairs) },
      rho: { shape: [pairs], data: Float64Array.from(decisions, (value) => -value) },
      sigmoids: { shape: [pairs, 2], data: new Float64Array(pairs * 2) },
    },
  });
}

Deno.test("Svm breaks a tie of votes in favour of the class of lowest index", () => {
  const x = new Matrix(1, 1);
  // 0 beats 1, 2 beats 0, 1 beats 2: one vote each.
  assert.deepEqual(decided(3, [1, -1, 1]).predict(x), Int32Array.of(0));
  // 1 and 2 have two votes each, 0 and 3 one.
  assert.deepEqual(decided(4, [-1, -1, 1, 1, -1, 1]).predict(x), Int32Array.of(1));
});

Deno.test("Svm counts a decision value of exactly 0 for the second class, as libsvm does", () => {
  assert.deepEqual(decided(2, [0]).predict(new Matrix(1, 1)), Int32Array.of(1));
});

Deno.test("Svm calibrates by its seed, and predicts the same whatever the seed", () => {
  const { x, y } = blobs([9, 9, 9], 3);
  const [a, b] = [1, 2].map((seed) => {
    const model = new Svm({ kernel: "rbf", seed });
    model.fit(x, y, 3);
    return model;
  });
  assert.deepEqual(a.predict(x), b.predict(x));
  assert.notDeepEqual(a.predictProba(x).data, b.predictProba(x).data);
});

Deno.test("Svm shows decision values of two classes with scikit-learn's sign", () => {
  const x = Matrix.fromRows([[0], [1], [8], [9]]);
  const model = new Svm({ kernel: "linear" });
  model.fit(x, Int32Array.of(0, 0, 1, 1), 2);
  const [low, , , high] = model.decisionFunction(x).data;
  assert(low < 0 && high > 0);
});

Deno.test("LogisticRegression predicts the same after state() and fromState()", () => {
  const { x, y } = blobs([12, 9, 15]);
  const model = new LogisticRegression({ c: 2 });
  model.fit(x, y.map((c) => c + 1), 5);
  const again = LogisticRegression.fromState(JSON.parse(
    JSON.stringify(
      model.state(),
      (_, value) =>
        ArrayBuffer.isView(value)
          ? { kind: value.constructor.name, values: Array.from(value as Float64Array) }
          : value,
    ),
    (_, value) =>
      value?.kind === undefined
        ? value
        : value.kind === "Int32Array"
        ? Int32Array.from(value.values)
        : Float64Array.from(value.values),
  ));
  assert.deepEqual(again.predictProba(x).data, model.predictProba(x).data);
  assert.deepEqual(Array.from(model.predictProba(x).row(0)).map((p) => p > 0), [
    false,
    true,
    true,
    true,
    false,
  ]);
});

Deno.test("LogisticRegression penalises coefficients but not intercepts", () => {
  // Features that say nothing: only the intercept can carry the classes' shares.
  const x = new Matrix(10, 2);
  const model = new LogisticRegression({ c: 1e-3 });
  model.fit(x, Int32Array.of(0, 0, 0, 0, 0, 0, 0, 1, 1, 2), 3);
  const row = model.predictProba(x).row(0);
  [0.7, 0.2, 0.1].forEach((share, c) => assert(Math.abs(row[c] - share) < 1e-6));
});

Deno.test("LogisticRegression is the same by features and, where there are more of these, by samples", () => {
  const { x, y } = blobs([9, 7, 8], 20);
  // Features that are always 0 change nothing, but for the way to the optimum.
  const wide = Matrix.concatColumns([x, new Matrix(x.rows, 30)]);
  for (const nClasses of [3, 2]) {
    const labels = y.map((c) => Math.min(c, nClasses - 1));
    const [narrow, byWide] = [new LogisticRegression(), new LogisticRegression()];
    narrow.fit(x, labels, nClasses);
    byWide.fit(wide, labels, nClasses);
    const [expected, got] = [narrow.state().tensors, byWide.state().tensors];
    const coef = new Matrix(nClasses, 50, Float32Array.from(got.coef.data as Float64Array));
    for (let c = 0; c < nClasses; c++) {
      coef.row(c).forEach((value, f) => {
        const other = f < 20 ? Number(expected.coef.data[c * 20 + f]) : 0;
        assert(Math.abs(value - other) < 1e-6, `class ${c}, feature ${f}: ${value}, not ${other}`);
      });
      const difference = Number(got.intercept.data[c]) - Number(expected.intercept.data[c]);
      // With three classes and more only differences of intercepts mean anything.
      const shift = Number(got.intercept.data[0]) - Number(expected.intercept.data[0]);
      assert(Math.abs(difference - shift) < 1e-6);
    }
  }
});

Deno.test("createClassifier() makes the classifier of each name", () => {
  for (
    const name of [
      "gaussian-nb",
      "lda",
      "lda-shrinkage",
      "svm-linear",
      "svm-rbf",
      "svm-rbf-grid",
      "ensemble",
      "logistic-regression",
      "cnn1d",
      "cnn2d",
      "cnn-sequence",
      "mlp",
    ] as const
  ) {
    assert.equal(createClassifier(name, { seed: 1 }).name, name);
  }
});

Deno.test("createClassifier() and classifierFromState() name the classifiers that there are", () => {
  const name = "perceptron" as "lda";
  assert.throws(() => createClassifier(name, { seed: 1 }), /no classifier "perceptron".*svm-rbf/);
  assert.throws(
    () => classifierFromState({ model: name, settings: {}, tensors: {} }),
    (error) => error instanceof ModelStateError && /"perceptron" is unknown/.test(error.message),
  );
});

Deno.test("fromState() refuses the state of another model", () => {
  const { x, y } = blobs([5, 5]);
  const model = new Lda();
  model.fit(x, y, 2);
  assert.throws(() => GaussianNb.fromState(model.state()), /state of a lda model/);
});
