import type { Matrix } from "../../numeric/matrix.ts";
import { applyPseudoInverse } from "../../numeric/apply_pseudo_inverse.ts";
import { checkDivisible } from "../check_divisible.ts";
import { choleskySolve } from "../../numeric/cholesky_solve.ts";
import type { ModelState } from "../classifier.ts";
import { columnProducts } from "../../numeric/column_products.ts";
import { crossProducts } from "../../numeric/cross_products.ts";
import { checkFitInput } from "../fit_input.ts";
import { ledoitWolf } from "./ledoit_wolf.ts";
import { LinearClassifier } from "./linear_classifier.ts";
import { StateReader } from "../model_state.ts";
import { transpose } from "../../numeric/transpose.ts";

/**
 * Linear discriminant analysis with a covariance that is shrunk by the formula of Ledoit and Wolf, class
 * by class: scikit-learn's `LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto")`. It has nothing
 * to tune and keeps its sense where there are as many features as samples, or more.
 *
 * The covariance is a matrix of low rank plus a diagonal one, so that with fewer samples than
 * features it is inverted by way of the samples (the Woodbury identity).
 *
 * @example
 * ```ts
 * import { LdaShrinkage } from "./lda_shrinkage.ts";
 * import { Matrix } from "../../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const model = new LdaShrinkage();
 * const x = Matrix.fromRows([[0, 1], [1, 0], [1, 2], [8, 9], [9, 8], [9, 10]]);
 * model.fit(x, Int32Array.of(0, 0, 0, 1, 1, 1), 2);
 * assert.deepEqual(model.predict(x), Int32Array.of(0, 0, 0, 1, 1, 1));
 * ```
 */
export class LdaShrinkage extends LinearClassifier {
  /** The model's name in tables and files. */
  override readonly name = "lda-shrinkage";

  /**
   * Learns from `x` [n, features] and `y` [n], class indices from 0 to `nClasses - 1`. Where no
   * feature varies within a class, the posterior is the prior.
   *
   * @throws {RangeError} If the sizes disagree, a feature is not finite, or fewer than two classes
   * have samples.
   * @throws {FitError} If every class has but one sample.
   */
  override fit(x: Matrix, y: Int32Array, nClasses: number): void {
    const { classes, members } = checkFitInput(x, y, nClasses);
    checkDivisible(this.name, { members });
    const n = x.rows, p = x.cols, k = classes.length;
    const overall = columnMeans(x, Int32Array.from({ length: n }, (_, r) => r));
    const offsets = new Float64Array(k * p);
    const within = new Float64Array(n * p);
    const diagonal = new Float64Array(p);
    let at = 0;
    members.forEach((rows, c) => {
      const mean = columnMeans(x, rows);
      for (let f = 0; f < p; f++) offsets[c * p + f] = mean[f] - overall[f];
      const part = within.subarray(at, at + rows.length * p);
      addClass(x, rows, { mean, n, part, diagonal });
      at += part.length;
    });

    const coef = applyInverse(within, diagonal, n, offsets);
    const products = crossProducts(offsets, coef, p);
    const intercept = Float64Array.from(members, (rows, c) => {
      let middle = products[c * k + c] / 2;
      for (let f = 0; f < p; f++) middle += overall[f] * coef[c * p + f];
      return Math.log(rows.length / n) - middle;
    });
    this.keep({ nClasses, nFeatures: p, classes, coef, intercept });
  }

  /** None: nothing can be chosen. */
  protected override settings(): Record<string, unknown> {
    return {};
  }

  /**
   * Rebuilds a model from its `state`.
   *
   * @throws {ModelStateError} If the state is of another model or incomplete.
   */
  static fromState(state: ModelState): LdaShrinkage {
    const model = new LdaShrinkage();
    model.restore(new StateReader(state, "lda-shrinkage"));
    return model;
  }
}

/** Sums of differences from the first row: the mean of a constant feature is then exact. */
function columnMeans(x: Matrix, rows: Int32Array): Float64Array {
  const first = x.row(rows[0]);
  const sums = new Float64Array(x.cols);
  for (const r of rows) {
    const row = x.row(r);
    for (let f = 0; f < sums.length; f++) sums[f] += row[f] - first[f];
  }
  return sums.map((sum, f) => first[f] + sum / rows.length);
}

/**
 * Adds one class to the shrunk covariance within' within + diag(diagonal). scikit-learn standardises the
 * class, shrinks its covariance S to (1 - s) S + s m I with m the mean of the diagonal of S, and scales
 * back; the classes are weighted by their shares of the `n` samples.
 */
function addClass(
  x: Matrix,
  rows: Int32Array,
  { mean, n, part, diagonal }: {
    mean: Float64Array;
    n: number;
    part: Float64Array;
    diagonal: Float64Array;
  },
): void {
  const p = x.cols;
  const variance = new Float64Array(p);
  rows.forEach((r, i) => {
    const row = x.row(r);
    for (let f = 0; f < p; f++) {
      const difference = row[f] - mean[f];
      part[i * p + f] = difference;
      variance[f] += difference * difference / rows.length;
    }
  });
  const scale = variance.map((value) => Math.sqrt(value) || 1);
  const shrinkage = ledoitWolf(part.map((value, i) => value / scale[i % p]), p);
  // A standardised feature has variance 1, a constant one 0.
  const level = variance.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0) / p;
  const share = rows.length / n;
  for (let f = 0; f < p; f++) diagonal[f] += share * shrinkage * level * scale[f] ** 2;
  const weight = Math.sqrt((1 - shrinkage) / n);
  for (let i = 0; i < part.length; i++) part[i] *= weight;
}

/** The inverse of within' within + diag(diagonal), applied to each row of `vectors` [k, p]; spoils `within`. */
function applyInverse(
  within: Float64Array,
  diagonal: Float64Array,
  n: number,
  vectors: Float64Array,
): Float64Array {
  const p = diagonal.length;
  if (!diagonal.every((value) => value > 0)) {
    // What shrinks nothing in one feature shrinks nothing in any: the diagonal is 0 throughout. The covariance
    // may be singular, and the solution of least norm is taken.
    return applyPseudoInverse(
      within,
      n,
      p,
      vectors,
      (values) => Number.EPSILON * p * values.reduce((a, b) => Math.max(a, b), 0),
    );
  }
  const scale = diagonal.map(Math.sqrt);
  for (let at = 0; at < within.length; at++) within[at] /= scale[at % p];
  const right = vectors.map((value, at) => value / scale[at % p]);
  let solved: Float64Array;
  if (n > p) {
    solved = choleskySolve(plusIdentity(columnProducts(within, p), p), p, right);
  } else {
    const gram = plusIdentity(crossProducts(within, within, p), n);
    const parts = choleskySolve(gram, n, crossProducts(right, within, p));
    const removed = crossProducts(parts, transpose(within, n, p), n);
    solved = right.map((value, at) => value - removed[at]);
  }
  return solved.map((value, at) => value / scale[at % p]);
}

/** Adds 1 to the diagonal of `matrix` [n, n]. */
function plusIdentity(matrix: Float64Array, n: number): Float64Array {
  for (let i = 0; i < n; i++) matrix[i * n + i] += 1;
  return matrix;
}
