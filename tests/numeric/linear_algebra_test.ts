import assert from "node:assert/strict";
import { applyPseudoInverse } from "../../src/numeric/apply_pseudo_inverse.ts";
import { ConvergenceError } from "../../src/numeric/convergence_error.ts";
import { choleskySolve } from "../../src/numeric/cholesky_solve.ts";
import { columnProducts } from "../../src/numeric/column_products.ts";
import { BLOCK, crossProducts } from "../../src/numeric/cross_products.ts";
import { LogisticRegression } from "../../src/classify/linear/logistic_regression.ts";
import { minimise } from "../../src/numeric/newton.ts";
import { rbfKernel } from "../../src/classify/svm/rbf_kernel.ts";
import { rowSpace } from "../../src/numeric/row_space.ts";
import { solveSmo } from "../../src/classify/svm/smo.ts";
import { symmetricFunction } from "../../src/numeric/symmetric_function.ts";
import { transpose } from "../../src/numeric/transpose.ts";
import { weightedSums } from "../../src/numeric/weighted_sums.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { Random } from "../../src/numeric/random.ts";

function normals(seed: number, length: number): Float64Array {
  const random = new Random(seed);
  return Float64Array.from({ length }, () => random.normal());
}

for (const [n, m, length] of [[1, 1, 1], [4, 8, 3], [5, 7, 600], [9, 3, 1025]]) {
  Deno.test(`crossProducts() equals the plain sums: ${n} x ${m} rows of ${length}`, () => {
    const a = normals(1, n * length), b = normals(2, m * length);
    const products = crossProducts(a, b, length);
    const gram = crossProducts(a, a, length);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < m; j++) {
        let sum = 0;
        for (let k = 0; k < length; k++) sum += a[i * length + k] * b[j * length + k];
        assert(Math.abs(products[i * m + j] - sum) < 1e-10);
      }
      for (let j = 0; j < n; j++) assert.equal(gram[i * n + j], gram[j * n + i]);
    }
    const copy = crossProducts(a, a.slice(), length);
    gram.forEach((value, k) => assert(Math.abs(value - copy[k]) < 1e-10));
  });
}

// Around the rows that are added at once, those that are converted at once, and the parts of which sums are made.
for (const n of [1, 3, 4, 5, 63, 64, 67, 511, 512, 513, 1029]) {
  Deno.test(`weightedSums() of ${n} rows is crossProducts() of the transpose, to the last bit`, () => {
    for (const [k, p] of [[1, 1], [3, 7]]) {
      const weights = normals(1, k * n);
      const single = Float32Array.from(normals(2, n * p));
      for (const data of [single, normals(3, n * p)]) {
        const columns = transpose(Float64Array.from(data), n, p);
        assert.deepEqual(weightedSums(weights, data, p), crossProducts(weights, columns, n));
      }
    }
  });
}

// Around the columns whose products are computed at once.
for (const p of [1, 63, 64, 65, 130]) {
  Deno.test(`columnProducts() of ${p} columns is crossProducts() of the transpose, to the last bit`, () => {
    for (const n of [3, BLOCK, BLOCK + 1, 2 * BLOCK + 5]) {
      const data = normals(p, n * p);
      const stretches = function* () {
        for (let from = 0; from < n; from += BLOCK) {
          yield data.subarray(from * p, Math.min(from + BLOCK, n) * p);
        }
      };
      const columns = transpose(data, n, p);
      assert.deepEqual(columnProducts(stretches(), p), crossProducts(columns, columns, n));
    }
  });
}

for (const n of [1, 2, 3, 17, 60]) {
  Deno.test(`symmetricFunction() gives back A b, A A b and b for n = ${n}`, () => {
    const a = normals(n, n * n);
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[i * n + j] = a[j * n + i];
    const b = normals(n + 1, 3 * n);
    const same = (actual: Float64Array, expected: Float64Array) =>
      actual.forEach((value, k) => assert(Math.abs(value - expected[k]) < 1e-9));
    const once = crossProducts(b, a, n);
    same(symmetricFunction(a, n, b, (values) => values), once);
    same(
      symmetricFunction(a, n, b, (values) => values.map((v) => v * v)),
      crossProducts(once, a, n),
    );
    same(symmetricFunction(a, n, b, (values) => values.fill(1)), b);
  });
}

Deno.test("symmetricFunction() finds the null space of a matrix of low rank", () => {
  const n = 40, rank = 7;
  const factor = normals(5, n * rank);
  const a = crossProducts(factor, factor, rank);
  let values = new Float64Array();
  symmetricFunction(a, n, new Float64Array(n), (found) => values = found.slice());
  const largest = Math.max(...values);
  assert.equal(values.filter((value) => value > 1e-12 * largest).length, rank);
  // The trace is the sum of the eigenvalues.
  const trace = Array.from({ length: n }, (_, k) => a[k * n + k]).reduce((sum, v) => sum + v);
  assert(Math.abs(values.reduce((sum, v) => sum + v) - trace) < 1e-10 * trace);
});

Deno.test("symmetricFunction() gives the projection on a vector, from its product with itself", () => {
  // The remainders of such a matrix shrink, column by column, to the end of the range of doubles.
  for (let n = 10; n < 130; n += 10) {
    const v = normals(n, n).map((value, i) => i % 9 === 0 ? value : 0);
    const square = crossProducts(v, v, n)[0];
    const b = normals(n + 1, n);
    const projected = symmetricFunction(
      crossProducts(v, v, 1),
      n,
      b,
      (values) => values.map((value) => value > 1e-9 ? 1 : 0),
    );
    const share = crossProducts(v, b, n)[0] / square;
    for (let i = 0; i < n; i++) assert(Math.abs(projected[i] - share * v[i]) < 1e-12, `${n}`);
  }
});

Deno.test("symmetricFunction() leaves its input as it was", () => {
  const a = Float64Array.of(2, 1, 0, 1, 3, 1, 0, 1, 4);
  const b = Float64Array.of(1, 2, 3);
  symmetricFunction(a, 3, b, (values) => values.map((v) => 1 / v));
  assert.deepEqual(a, Float64Array.of(2, 1, 0, 1, 3, 1, 0, 1, 4));
  assert.deepEqual(b, Float64Array.of(1, 2, 3));
});

Deno.test("symmetricFunction() throws for a wrong size or a value that is not finite", () => {
  const keep = (values: Float64Array) => values;
  assert.throws(
    () => symmetricFunction(new Float64Array(3), 2, new Float64Array(2), keep),
    RangeError,
  );
  assert.throws(
    () => symmetricFunction(new Float64Array(4), 2, new Float64Array(3), keep),
    RangeError,
  );
  const bad = Float64Array.of(1, NaN, NaN, 1);
  assert.throws(() => symmetricFunction(bad, 2, new Float64Array(2), keep), /NaN/);
});

for (const n of [1, 2, 3, 4, 5, 7, 8, 61]) {
  Deno.test(`choleskySolve() gives back b from A b for n = ${n}`, () => {
    const factor = normals(n, n * (n + 2));
    const a = crossProducts(factor, factor, n + 2);
    const b = normals(n + 1, 3 * n);
    const right = crossProducts(b, a, n);
    // What lies above the diagonal is not read.
    const lower = a.map((value, at) => at % n > Math.floor(at / n) ? NaN : value);
    const solved = choleskySolve(lower, n, right);
    solved.forEach((value, k) => assert(Math.abs(value - b[k]) < 1e-6, `${value}, not ${b[k]}`));
  });
}

Deno.test("choleskySolve() throws for a wrong size or a matrix that is not positive definite", () => {
  const b = new Float64Array(2);
  assert.throws(() => choleskySolve(new Float64Array(3), 2, b), RangeError);
  assert.throws(() => choleskySolve(Float64Array.of(1, 2, 2, 1), 2, b), /not positive definite/);
  assert.throws(() => choleskySolve(Float64Array.of(NaN, 0, 0, 1), 2, b), /not positive definite/);
});

Deno.test("rbfKernel() of an array with itself is symmetric with ones on the diagonal", () => {
  const a = normals(8, 7 * 30).map((value) => 1000 + value);
  const kernel = rbfKernel(a, a, 30, 0.02);
  for (let i = 0; i < 7; i++) {
    assert.equal(kernel[i * 7 + i], 1);
    for (let j = 0; j < 7; j++) {
      let square = 0;
      for (let k = 0; k < 30; k++) square += (a[i * 30 + k] - a[j * 30 + k]) ** 2;
      assert(Math.abs(kernel[i * 7 + j] - Math.exp(-0.02 * square)) < 1e-7);
      assert.equal(kernel[i * 7 + j], kernel[j * 7 + i]);
    }
  }
});

Deno.test("solveSmo() meets the optimality conditions on a problem that is not separable", () => {
  const n = 40, c = 1, tolerance = 1e-3;
  const x = normals(4, n * 2);
  const signs = Int8Array.from(
    { length: n },
    (_, k) => x[2 * k] + 0.8 * x[2 * k + 1] ** 3 > 0 ? 1 : -1,
  );
  for (let k = 0; k < n; k += 9) signs[k] *= -1;
  const kernel = rbfKernel(x, x, 2, 0.5);
  const samples = Int32Array.from({ length: n }, (_, k) => k);
  const { coef, rho } = solveSmo({ kernel, stride: n, samples, signs, c, tolerance });
  assert(Math.abs(coef.reduce((sum, value) => sum + value)) < 1e-9);
  for (let i = 0; i < n; i++) {
    let f = -rho;
    for (let j = 0; j < n; j++) f += coef[j] * kernel[i * n + j];
    const alpha = coef[i] * signs[i], margin = f * signs[i];
    assert(alpha >= 0 && alpha <= c);
    if (alpha === 0) assert(margin > 1 - tolerance);
    else if (alpha === c) assert(margin < 1 + tolerance);
    else assert(Math.abs(margin - 1) < tolerance);
  }
});

Deno.test("minimise() throws where the tolerance cannot be reached", () => {
  const stubborn = {
    size: 1,
    scale: 1,
    value: () => 0,
    gradient: () => Float64Array.of(1),
    hessianTimes: (v: Float64Array) => v,
  };
  assert.throws(() => minimise(stubborn, 1e-9), ConvergenceError);
});

Deno.test("rowSpace() keeps all products of samples, also of those that repeat or add up to others", () => {
  const random = new Random(3);
  const first = Array.from({ length: 5 }, () => Array.from({ length: 40 }, () => random.normal()));
  const sum = first[0].map((value, f) => value - 2 * first[1][f]);
  const x = Matrix.fromRows([...first, first[2], sum]);
  const { rank, coordinates, toFeatures } = rowSpace(x);
  assert.equal(rank, 5);
  const values = Float64Array.from(x.data);
  const expected = crossProducts(values, values, x.cols);
  const actual = crossProducts(coordinates, coordinates, rank);
  expected.forEach((product, i) => assert(Math.abs(product - actual[i]) < 1e-4));
  // A vector of the space scores the samples as its coefficients do.
  const u = Float64Array.from({ length: rank }, () => random.normal());
  const scores = crossProducts(toFeatures(u), values, x.cols);
  crossProducts(u, coordinates, rank).forEach((score, i) =>
    assert(Math.abs(score - scores[i]) < 1e-4)
  );
});

Deno.test("logistic regression converges on a few long samples that are far apart", () => {
  const random = new Random(1);
  const x = Matrix.fromRows(
    Array.from({ length: 6 }, () => Array.from({ length: 4000 }, () => 10 * random.normal())),
  );
  const model = new LogisticRegression();
  model.fit(x, Int32Array.of(0, 1, 0, 1, 0, 1), 2);
  assert.deepEqual(model.predict(x), Int32Array.of(0, 1, 0, 1, 0, 1));
});

Deno.test("applyPseudoInverse() takes few rows by their own products, and gives the same", () => {
  const random = new Random(11);
  for (const [n, p] of [[3, 9], [9, 9], [12, 5]]) {
    const rows = Float64Array.from({ length: n * p }, () => random.normal());
    // The last row repeats the first: the matrix is singular wherever it has few rows.
    for (let f = 0; f < p; f++) rows[(n - 1) * p + f] = rows[f];
    const vectors = Float64Array.from({ length: 2 * p }, () => random.normal());
    const least = (values: Float64Array) => 1e-12 * Math.max(...values);
    const columns = transpose(rows, n, p);
    const expected = symmetricFunction(
      ...[crossProducts(columns, columns, n), p, vectors] as const,
      (values) => values.map((value) => value > least(values) ? 1 / value : 0),
    );
    const found = applyPseudoInverse(rows, n, p, vectors, least);
    const scale = Math.max(...expected.map(Math.abs));
    found.forEach((value, i) =>
      assert(Math.abs(value - expected[i]) < 1e-8 * scale, `${n} x ${p}`)
    );
  }
});
