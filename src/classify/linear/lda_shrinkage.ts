import type { Matrix } from "../../numeric/matrix.ts";
import { applyPseudoInverse } from "../../numeric/apply_pseudo_inverse.ts";
import { checkDivisible } from "../check_divisible.ts";
import { choleskySolve } from "../../numeric/cholesky_solve.ts";
import type { ModelState } from "../classifier.ts";
import { columnProducts } from "../../numeric/column_products.ts";
import { BLOCK, crossProducts } from "../../numeric/cross_products.ts";
import { checkFitInput } from "../fit_input.ts";
import { ledoitWolf } from "./ledoit_wolf.ts";
import { LinearClassifier } from "./linear_classifier.ts";
import { release } from "../../numeric/release.ts";
import { StateReader } from "../model_state.ts";
import { weightedSums } from "../../numeric/weighted_sums.ts";

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
    const diagonal = new Float64Array(p);
    const largest = Math.max(...members.map(({ length }) => length));
    const places = {
      rows: new Float64Array(largest * p),
      products: new Float64Array(largest * largest),
    };
    const parts = members.map((rows, c): ClassPart => {
      const mean = columnMeans(x, rows);
      for (let f = 0; f < p; f++) offsets[c * p + f] = mean[f] - overall[f];
      return { rows, mean, weight: addClass(x, rows, { mean, n, diagonal, places }) };
    });
    release(places.rows, places.products);

    const coef = applyInverse({ x, parts, diagonal }, offsets);
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

/** What a class adds to the covariance: its rows less their mean, each times the weight. */
interface ClassPart {
  readonly rows: Int32Array;
  readonly mean: Float64Array;
  readonly weight: number;
}

/** The shrunk covariance: within' within + diag(diagonal), `within` being the rows of all classes. */
interface Covariance {
  readonly x: Matrix;
  readonly parts: readonly ClassPart[];
  readonly diagonal: Float64Array;
}

/**
 * Adds one class to the diagonal of the shrunk covariance and gives the weight of its rows. scikit-learn standardises
 * the class, shrinks its covariance S to (1 - s) S + s m I with m the mean of the diagonal of S, and scales back; the
 * classes are weighted by their shares of the `n` samples.
 *
 * @param places Room for the class's rows, and for the products of them.
 */
function addClass(
  x: Matrix,
  rows: Int32Array,
  { mean, n, diagonal, places }: {
    mean: Float64Array;
    n: number;
    diagonal: Float64Array;
    places: { readonly rows: Float64Array; readonly products: Float64Array };
  },
): number {
  const p = x.cols;
  const variance = new Float64Array(p);
  const part = places.rows.subarray(0, rows.length * p);
  rows.forEach((r, i) => {
    const row = x.row(r);
    for (let f = 0; f < p; f++) {
      const difference = row[f] - mean[f];
      part[i * p + f] = difference;
      variance[f] += difference * difference / rows.length;
    }
  });
  const scale = variance.map((value) => Math.sqrt(value) || 1);
  for (let at = 0; at < part.length; at++) part[at] /= scale[at % p];
  const shrinkage = ledoitWolf(part, p, places.products);
  // A standardised feature has variance 1, a constant one 0.
  const level = variance.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0) / p;
  const share = rows.length / n;
  for (let f = 0; f < p; f++) diagonal[f] += share * shrinkage * level * scale[f] ** 2;
  return Math.sqrt((1 - shrinkage) / n);
}

/** The inverse of a covariance, applied to each row of `vectors` [k, p]. */
function applyInverse(covariance: Covariance, vectors: Float64Array): Float64Array {
  const { x: { rows: n, cols: p }, diagonal } = covariance;
  if (!diagonal.every((value) => value > 0)) {
    // What shrinks nothing in one feature shrinks nothing in any: the diagonal is 0 throughout. The covariance
    // may be singular, and the solution of least norm is taken.
    return applyPseudoInverse(
      wholeWithin(covariance),
      n,
      p,
      vectors,
      (values) => Number.EPSILON * p * values.reduce((a, b) => Math.max(a, b), 0),
    );
  }
  const scale = diagonal.map(Math.sqrt);
  const right = vectors.map((value, at) => value / scale[at % p]);
  let solved: Float64Array;
  if (n > p) {
    // Rows by stretches: all of them would be the largest thing in memory.
    const gram = columnProducts(within(covariance, scale), p);
    solved = choleskySolve(plusIdentity(gram, p), p, right);
    release(gram);
  } else {
    const low = wholeWithin(covariance, scale);
    const gram = plusIdentity(crossProducts(low, low, p), n);
    const parts = choleskySolve(gram, n, crossProducts(right, low, p));
    const removed = weightedSums(parts, low, p);
    solved = right.map((value, at) => value - removed[at]);
  }
  return solved.map((value, at) => value / scale[at % p]);
}

/**
 * The rows of `within`, each number divided by that of `scale`: stretches [at most BLOCK, p], one after the other in
 * the same place.
 */
function* within({ x, parts }: Covariance, scale?: Float64Array): Generator<Float64Array> {
  const p = x.cols;
  const stretch = new Float64Array(Math.min(BLOCK, x.rows) * p);
  let at = 0;
  for (const { rows, mean, weight } of parts) {
    for (const r of rows) {
      const row = x.row(r);
      for (let f = 0; f < p; f++) {
        const value = (row[f] - mean[f]) * weight;
        stretch[at++] = scale ? value / scale[f] : value;
      }
      if (at < stretch.length) continue;
      yield stretch;
      at = 0;
    }
  }
  if (at > 0) yield stretch.subarray(0, at);
  release(stretch);
}

/** The same in one array [n, p]. */
function wholeWithin(covariance: Covariance, scale?: Float64Array): Float64Array {
  const out = new Float64Array(covariance.x.data.length);
  let at = 0;
  for (const stretch of within(covariance, scale)) {
    out.set(stretch, at);
    at += stretch.length;
  }
  return out;
}

/** Adds 1 to the diagonal of `matrix` [n, n]. */
function plusIdentity(matrix: Float64Array, n: number): Float64Array {
  for (let i = 0; i < n; i++) matrix[i * n + i] += 1;
  return matrix;
}
