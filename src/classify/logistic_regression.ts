import type { Matrix } from "../nn/matrix.ts";
import type { Classifier, ModelState } from "./classifier.ts";
import { checkFeatures, checkFitInput, NotFittedError } from "./fit_input.ts";
import { linearScores } from "./linear_scores.ts";
import { StateReader } from "./model_state.ts";
import { minimise, type SmoothObjective } from "./newton.ts";
import { highest, posterior } from "./posterior.ts";

/** Options of {@linkcode LogisticRegression}. */
export interface LogisticRegressionOptions {
  /**
   * Inverse strength of the L2 penalty: the objective is `c` times the sum of the log losses, plus half
   * the sum of the squared coefficients.
   *
   * @default {1}
   */
  c?: number;
  /**
   * Largest entry of the gradient, divided by `c` times the number of samples, that is accepted.
   *
   * @default {1e-9}
   */
  tolerance?: number;
}

interface Fitted {
  readonly nClasses: number;
  readonly nFeatures: number;
  readonly classes: Int32Array;
  /** Coefficients [classes with samples, features]; with two classes those of the first are 0. */
  readonly coef: Float64Array;
  readonly intercept: Float64Array;
}

/**
 * Multinomial logistic regression with an L2 penalty on the coefficients and none on the intercepts: the
 * objective of scikit-learn's `LogisticRegression`, which with two classes has one coefficient a
 * feature rather than two. It is minimised by Newton's method with conjugate gradients, so that the
 * Hessian is never formed. Decision stacking is built on it.
 *
 * @example
 * ```ts
 * import { LogisticRegression } from "./logistic_regression.ts";
 * import { Matrix } from "../nn/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const model = new LogisticRegression();
 * model.fit(Matrix.fromRows([[0], [1], [2], [3]]), Int32Array.of(0, 0, 1, 1), 2);
 * const [low, high] = model.predictProba(Matrix.fromRows([[1.5]])).row(0);
 * assert(Math.abs(low - high) < 1e-6);
 * ```
 */
export class LogisticRegression implements Classifier {
  /** The model's name in tables and files. */
  readonly name = "logistic-regression";
  readonly #c: number;
  readonly #tolerance: number;
  #fitted: Fitted | undefined;

  /** Makes an unfitted model. */
  constructor(options: LogisticRegressionOptions = {}) {
    this.#c = options.c ?? 1;
    this.#tolerance = options.tolerance ?? 1e-9;
  }

  /**
   * Learns from `x` [n, features] and `y` [n], class indices from 0 to `nClasses - 1`.
   *
   * @throws {RangeError} If the sizes disagree, a feature is not finite, or fewer than two classes
   * have samples.
   * @throws {ConvergenceError} If the tolerance is not reached.
   */
  fit(x: Matrix, y: Int32Array, nClasses: number): void {
    const { classes, members } = checkFitInput(x, y, nClasses);
    const k = classes.length;
    const targets = new Int32Array(x.rows);
    members.forEach((rows, at) => rows.forEach((r) => targets[r] = at));
    const objective = new Objective(x, targets, k, this.#c);
    const solution = minimise(objective, this.#tolerance);
    const { coef, intercept } = objective.unpack(solution);
    this.#fitted = { nClasses, nFeatures: x.cols, classes, coef, intercept };
  }

  /**
   * The most probable class of every row of `x` [n, features].
   *
   * @throws {NotFittedError} If the model has not been fitted.
   * @throws {RangeError} If the number of features is not that of the training set.
   */
  predict(x: Matrix): Int32Array {
    return highest(this.#scores(x), this.#need().classes);
  }

  /**
   * Class probabilities [n, nClasses] of every row of `x` [n, features].
   *
   * @throws {NotFittedError} If the model has not been fitted.
   * @throws {RangeError} If the number of features is not that of the training set.
   */
  predictProba(x: Matrix): Matrix {
    const { classes, nClasses } = this.#need();
    return posterior(this.#scores(x), classes, nClasses);
  }

  /**
   * What the fitted model needs to be rebuilt.
   *
   * @throws {NotFittedError} If the model has not been fitted.
   */
  state(): ModelState {
    const { nClasses, nFeatures, classes, coef, intercept } = this.#need();
    return {
      model: this.name,
      settings: { nClasses, nFeatures, c: this.#c, tolerance: this.#tolerance },
      tensors: {
        classes: { shape: [classes.length], data: classes },
        coef: { shape: [classes.length, nFeatures], data: coef },
        intercept: { shape: [classes.length], data: intercept },
      },
    };
  }

  /**
   * Rebuilds a model from its `state`.
   *
   * @throws {ModelStateError} If the state is of another model or incomplete.
   */
  static fromState(state: ModelState): LogisticRegression {
    const reader = new StateReader(state, "logistic-regression");
    const model = new LogisticRegression({
      c: reader.number("c"),
      tolerance: reader.number("tolerance"),
    });
    const nClasses = reader.count("nClasses");
    const nFeatures = reader.count("nFeatures");
    const classes = reader.classes(nClasses);
    model.#fitted = {
      nClasses,
      nFeatures,
      classes,
      coef: reader.doubles("coef", [classes.length, nFeatures]),
      intercept: reader.doubles("intercept", [classes.length]),
    };
    return model;
  }

  /** Does nothing: the model lives on the JavaScript heap. */
  dispose(): void {}

  #need(): Fitted {
    if (this.#fitted === undefined) throw new NotFittedError(this.name);
    return this.#fitted;
  }

  #scores(x: Matrix): Float64Array {
    const { nFeatures, coef, intercept } = this.#need();
    checkFeatures(x, nFeatures, this.name);
    return linearScores(x, coef, intercept);
  }
}

/**
 * The objective over the free parameters: [free classes, features + 1], each row the coefficients and
 * then the intercept. All classes are free, but of two only the second: the scores of the first are 0.
 */
class Objective implements SmoothObjective {
  readonly size: number;
  /** Samples times c: what the gradient is measured against. */
  readonly scale: number;
  readonly #x: Matrix;
  readonly #targets: Int32Array;
  readonly #k: number;
  readonly #fixed: number;
  readonly #c: number;
  /** Class probabilities [n, k] at the point of the last `gradient` call. */
  readonly #p: Float64Array;

  constructor(x: Matrix, targets: Int32Array, k: number, c: number) {
    this.#x = x;
    this.#targets = targets;
    this.#k = k;
    this.#fixed = k === 2 ? 1 : 0;
    this.#c = c;
    this.#p = new Float64Array(x.rows * k);
    this.size = (k - this.#fixed) * (x.cols + 1);
    this.scale = x.rows * c;
  }

  /** The objective at `w`; leaves the class probabilities in `#p`. */
  value(w: Float64Array): number {
    const k = this.#k;
    const scores = this.#scores(w);
    let loss = 0;
    for (let r = 0; r < this.#x.rows; r++) {
      const row = r * k;
      let largest = -Infinity, sum = 0;
      for (let j = 0; j < k; j++) largest = Math.max(largest, scores[row + j]);
      for (let j = 0; j < k; j++) sum += this.#p[row + j] = Math.exp(scores[row + j] - largest);
      for (let j = 0; j < k; j++) this.#p[row + j] /= sum;
      loss += Math.log(sum) + largest - scores[row + this.#targets[r]];
    }
    let penalty = 0;
    const width = this.#x.cols + 1;
    for (let at = 0; at < w.length; at++) if (at % width < this.#x.cols) penalty += w[at] * w[at];
    return this.#c * loss + 0.5 * penalty;
  }

  /** The gradient at `w`, for which `value(w)` was computed last. */
  gradient(w: Float64Array): Float64Array {
    const residuals = this.#p.slice();
    for (let r = 0; r < this.#x.rows; r++) residuals[r * this.#k + this.#targets[r]] -= 1;
    return this.#pullBack(residuals, w);
  }

  /** The Hessian times `v`, at the point where `value` was computed last. */
  hessianTimes(v: Float64Array): Float64Array {
    const k = this.#k;
    const changes = this.#scores(v);
    for (let r = 0; r < this.#x.rows; r++) {
      const row = r * k;
      let mean = 0;
      for (let j = 0; j < k; j++) mean += this.#p[row + j] * changes[row + j];
      for (let j = 0; j < k; j++) changes[row + j] = this.#p[row + j] * (changes[row + j] - mean);
    }
    return this.#pullBack(changes, v);
  }

  /** Coefficients [k, features] and intercepts [k] of the parameters `w`. */
  unpack(w: Float64Array): { coef: Float64Array; intercept: Float64Array } {
    const p = this.#x.cols;
    const coef = new Float64Array(this.#k * p);
    const intercept = new Float64Array(this.#k);
    for (let j = this.#fixed; j < this.#k; j++) {
      const at = (j - this.#fixed) * (p + 1);
      coef.set(w.subarray(at, at + p), j * p);
      intercept[j] = w[at + p];
    }
    return { coef, intercept };
  }

  #scores(w: Float64Array): Float64Array {
    const { coef, intercept } = this.unpack(w);
    return linearScores(this.#x, coef, intercept);
  }

  /** c [X 1]' d + the penalty's own part of `w`, over the free classes; `d` is [n, k]. */
  #pullBack(d: Float64Array, w: Float64Array): Float64Array {
    const p = this.#x.cols;
    const out = new Float64Array(this.size);
    for (let j = this.#fixed; j < this.#k; j++) {
      const at = (j - this.#fixed) * (p + 1);
      for (let r = 0; r < this.#x.rows; r++) {
        const factor = this.#c * d[r * this.#k + j];
        for (let f = 0; f < p; f++) out[at + f] += factor * this.#x.data[r * p + f];
        out[at + p] += factor;
      }
      for (let f = 0; f < p; f++) out[at + f] += w[at + f];
    }
    return out;
  }
}
