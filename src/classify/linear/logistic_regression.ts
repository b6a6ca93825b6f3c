import type { Matrix } from "../../numeric/matrix.ts";
import type { ModelState } from "../classifier.ts";
import { checkFitInput } from "../fit_input.ts";
import { LinearClassifier } from "./linear_classifier.ts";
import { StateReader } from "../model_state.ts";
import { LogisticObjective } from "./logistic_objective.ts";
import { minimise } from "../../numeric/newton.ts";
import { rowSpace } from "../../numeric/row_space.ts";
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

/**
 * Multinomial logistic regression with an L2 penalty on the coefficients and none on the intercepts: the
 * objective of scikit-learn's `LogisticRegression`, which with two classes has one coefficient a
 * feature rather than two. It is minimised by Newton's method with conjugate gradients, so that the
 * Hessian is never formed. Decision stacking is built on it.
 *
 * @example
 * ```ts
 * import { LogisticRegression } from "./logistic_regression.ts";
 * import { Matrix } from "../../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const model = new LogisticRegression();
 * model.fit(Matrix.fromRows([[0], [1], [2], [3]]), Int32Array.of(0, 0, 1, 1), 2);
 * const [low, high] = model.predictProba(Matrix.fromRows([[1.5]])).row(0);
 * assert(Math.abs(low - high) < 1e-6);
 * ```
 */
export class LogisticRegression extends LinearClassifier {
  /** The model's name in tables and files. */
  override readonly name = "logistic-regression";
  readonly #c: number;
  readonly #tolerance: number;

  /** Makes an unfitted model. */
  constructor(options: LogisticRegressionOptions = {}) {
    super();
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
  override fit(x: Matrix, y: Int32Array, nClasses: number): void {
    const { classes, members } = checkFitInput(x, y, nClasses);
    const k = classes.length;
    const targets = new Int32Array(x.rows);
    members.forEach((rows, at) => rows.forEach((r) => targets[r] = at));
    // Where there are more features than samples the coefficients lie in the samples' own space.
    const space = x.cols > x.rows ? rowSpace(x) : undefined;
    const values = space?.coordinates ?? x.data;
    const objective = new LogisticObjective(values, new SoftmaxLoss(targets, k), this.#c);
    const { coef, intercept } = objective.unpack(minimise(objective, this.#tolerance));
    this.keep({
      nClasses,
      nFeatures: x.cols,
      classes,
      intercept,
      coef: space ? space.toFeatures(coef) : coef,
    });
  }

  /** Its penalty and tolerance. */
  protected override settings(): Record<string, unknown> {
    return { c: this.#c, tolerance: this.#tolerance };
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
    model.restore(reader);
    return model;
  }
}
