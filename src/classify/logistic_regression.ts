import type { Matrix } from "../nn/matrix.ts";
import type { Classifier, ModelState } from "./classifier.ts";
import { checkFeatures, checkFitInput, NotFittedError } from "./fit_input.ts";
import { linearScores } from "./linear_scores.ts";
import { StateReader } from "./model_state.ts";
import { LogisticObjective } from "./logistic_objective.ts";
import { minimise } from "./newton.ts";
import { highest, posterior } from "./posterior.ts";
import { rowSpace } from "./row_space.ts";
import { SoftmaxLoss } from "./softmax_loss.ts";

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
    // Where there are more features than samples the coefficients lie in the samples' own space.
    const space = x.cols > x.rows ? rowSpace(x) : undefined;
    const values = space?.coordinates ?? Float64Array.from(x.data);
    const objective = new LogisticObjective(values, new SoftmaxLoss(targets, k), this.#c);
    const { coef, intercept } = objective.unpack(minimise(objective, this.#tolerance));
    this.#fitted = {
      ...{ nClasses, nFeatures: x.cols, classes, intercept },
      coef: space ? space.toFeatures(coef) : coef,
    };
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
