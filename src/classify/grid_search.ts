import type { Matrix } from "../numeric/matrix.ts";
import { Random } from "../numeric/random.ts";
import { stratifiedGroupKFold } from "../split/stratified_group_k_fold.ts";
import { checkDivisible } from "./check_divisible.ts";
import type { Classifier, ModelState } from "./classifier.ts";
import { checkFitInput, NotFittedError } from "./fit_input.ts";
import { ModelStateError, type SavedModel, StateReader } from "./model_state.ts";
import { ClassBlocks } from "./svm/class_blocks.ts";
import { PairKernels } from "./svm/pair_kernels.ts";
import { scaleGamma } from "./svm/rbf_kernel.ts";
import { type GridScore, scoreGrid } from "./score_grid.ts";
import { Svm } from "./svm/svm.ts";

/** Options of {@linkcode GridSearch}. */
export interface GridSearchOptions {
  /**
   * Penalties of a margin violation to try.
   *
   * @default {[1, 10, 100]}
   */
  c?: readonly number[];
  /**
   * Inverse widths of the kernel to try, in units of scikit-learn's `gamma="scale"` of all training
   * samples: 1 / (features x variance of all values).
   *
   * @default {[0.1, 0.3, 1]}
   */
  gamma?: readonly number[];
  /**
   * Inner folds; fewer where there are fewer groups, or fewer samples of the commonest class.
   *
   * @default {3}
   */
  folds?: number;
  /**
   * Tolerance of the solver's stopping rule.
   *
   * @default {1e-3}
   */
  tolerance?: number;
  /**
   * Seed of the inner folds and of the calibration of the class probabilities.
   *
   * @default {0}
   */
  seed?: number;
}

interface Fitted {
  readonly svm: Svm;
  readonly scores: readonly GridScore[];
}

/**
 * RBF support vector machine whose C and gamma are chosen inside the training set: every point of the
 * grid is scored by stratified cross-validation on inner folds that keep groups (speakers, takes)
 * together, as scikit-learn's `GridSearchCV` scores it by balanced accuracy; then the best one, the
 * first among equals (smallest C, then order of `gamma`), is fitted on all of it.
 *
 * Distances within classes are computed once, each gamma's kernel once, for all C and folds.
 *
 * @example
 * ```ts
 * import { GridSearch } from "./grid_search.ts";
 * import { Matrix } from "../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const x = Matrix.fromRows([[0], [1], [2], [3], [10], [11], [12], [13]]);
 * const speakers = ["a", "b", "a", "b", "a", "b", "a", "b"];
 * const model = new GridSearch({ folds: 2 });
 * model.fit(x, Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1), 2, speakers);
 * assert.equal(model.scores.length, 9);
 * assert.deepEqual(model.predict(Matrix.fromRows([[1.5], [11.5]])), Int32Array.of(0, 1));
 * ```
 */
export class GridSearch implements Classifier {
  /** The model's name in tables and files. */
  readonly name = "svm-rbf-grid";
  readonly #c: readonly number[];
  readonly #gamma: readonly number[];
  readonly #folds: number;
  readonly #tolerance: number;
  readonly #seed: number;
  #fitted: Fitted | undefined;
  #warning: string | undefined;

  /**
   * Makes an unfitted model.
   *
   * @throws {RangeError} If a list is empty or holds a number that is not above 0, or there are fewer
   * than two folds.
   */
  constructor(options: GridSearchOptions = {}) {
    const { c = [1, 10, 100], gamma = [0.1, 0.3, 1], folds = 3 } = options;
    for (const [name, values] of [["c", c], ["gamma", gamma]] as const) {
      if (values.length === 0 || !values.every((value) => value > 0 && value < Infinity)) {
        throw new RangeError(`${name} must list positive numbers, got [${values}]`);
      }
    }
    if (!Number.isSafeInteger(folds) || folds < 2) {
      throw new RangeError(`folds must be an integer of at least 2, got ${folds}`);
    }
    this.#c = c.toSorted((a, b) => a - b);
    this.#gamma = [...gamma];
    this.#folds = folds;
    this.#tolerance = options.tolerance ?? 1e-3;
    this.#seed = options.seed ?? 0;
  }

  /**
   * Learns from `x` [n, features] and `y` [n], class indices from 0 to `nClasses - 1`. Rows of one of
   * `groups` are in one inner fold; without them, or where all are of one group, each row is its own.
   *
   * @throws {RangeError} If the sizes disagree, a feature is not finite, or fewer than two classes
   * have samples.
   * @throws {FitError} If every class has but one sample.
   */
  fit(x: Matrix, y: Int32Array, nClasses: number, groups?: readonly string[]): void {
    const { members } = checkFitInput(x, y, nClasses, groups);
    checkDivisible(this.name, { members });
    const oneGroup = groups !== undefined && new Set(groups).size < 2;
    const apart: readonly (string | number)[] = groups === undefined || oneGroup
      ? [...y.keys()]
      : groups;
    const commonest = Math.max(...members.map(({ length }) => length));
    const k = Math.min(this.#folds, new Set(apart).size, commonest);
    const random = new Random(this.#seed).derive("grid search");
    const folds = stratifiedGroupKFold(y, apart, k, random);
    const grid = { c: this.#c, gamma: this.#gamma, tolerance: this.#tolerance };
    const kernels = new PairKernels(new ClassBlocks(x, members, "distances"));
    const scores = scoreGrid(x, y, folds, grid, kernels);
    const best = scores.reduce((a, b) => b.uar > a.uar ? b : a);
    const svm = new Svm({
      kernel: "rbf",
      c: best.c,
      gamma: best.gamma * scaleGamma(x),
      tolerance: this.#tolerance,
      seed: this.#seed,
    });
    svm.fitKernels(x, y, nClasses, kernels);
    kernels.release();
    this.#warning = oneGroup
      ? "all training samples are of one group: the grid search divided them one by one"
      : undefined;
    this.#fitted = { svm, scores };
  }

  /** How each point of the grid did in the inner folds; none before `fit`. */
  get scores(): readonly GridScore[] {
    return this.#fitted?.scores ?? [];
  }

  /** Says so where the inner folds could not keep groups apart, or the solver did not converge. */
  get warning(): string | undefined {
    const warnings = [this.#warning, this.#fitted?.svm.warning].filter((text) => text);
    return warnings.length === 0 ? undefined : warnings.join("; ");
  }

  /**
   * The class index of every row of `x` [n, features].
   *
   * @throws {NotFittedError} If the model has not been fitted.
   * @throws {RangeError} If the number of features is not that of the training set.
   */
  predict(x: Matrix): Int32Array {
    return this.#need().svm.predict(x);
  }

  /**
   * Class probabilities [n, nClasses] of every row of `x` [n, features], calibrated by Platt scaling.
   *
   * @throws {NotFittedError} If the model has not been fitted.
   * @throws {RangeError} If the number of features is not that of the training set.
   */
  predictProba(x: Matrix): Matrix {
    return this.#need().svm.predictProba(x);
  }

  /**
   * What the fitted model needs to be rebuilt: the chosen machine's state and the grid's scores.
   *
   * @throws {NotFittedError} If the model has not been fitted.
   */
  state(): ModelState {
    const { svm, scores } = this.#need();
    const { settings, tensors } = svm.state();
    return { model: this.name, settings: { ...settings, scores }, tensors };
  }

  /**
   * Rebuilds a fitted model from its `state`.
   *
   * @throws {ModelStateError} If the state is of another model or incomplete.
   */
  static fromState(state: ModelState): GridSearch {
    const { scores, ...settings } = state.settings;
    new StateReader(state, "svm-rbf-grid");
    const svm = Svm.fromState({ ...state, model: "svm-rbf", settings });
    const model = new GridSearch();
    model.#fitted = { svm, scores: readScores(state, scores) };
    return model;
  }

  /** Does nothing: the machine lives on the JavaScript heap. */
  dispose(): void {}

  #need(): Fitted {
    if (this.#fitted === undefined) throw new NotFittedError(this.name);
    return this.#fitted;
  }
}

function readScores(state: SavedModel, scores: unknown): GridScore[] {
  const valid = Array.isArray(scores) && scores.length > 0 &&
    scores.every((score) => ["c", "gamma", "uar"].every((name) => Number.isFinite(score?.[name])));
  if (!valid) {
    throw new ModelStateError(`the saved ${state.model} model lacks the "scores" of its grid`);
  }
  return scores as GridScore[];
}
