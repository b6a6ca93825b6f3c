import type { Matrix } from "../numeric/matrix.ts";
import type { TensorMap } from "../numeric/safetensors.ts";
import type { Classifier, ModelState } from "./classifier.ts";
import { BlockClassifier } from "./block_classifier.ts";
import { GridSearch } from "./grid_search.ts";
import { LdaShrinkage } from "./linear/lda_shrinkage.ts";
import { logPool } from "./log_pool.ts";
import { LogisticRegression } from "./linear/logistic_regression.ts";
import { ModelStateError, StateReader } from "./model_state.ts";

/** Options of {@linkcode Ensemble}. */
export interface EnsembleOptions {
  /**
   * C of the logistic regression: the smaller, the stronger the regularisation.
   *
   * @default {1}
   */
  c?: number;
  /**
   * Seed of the support vector machine's grid search.
   *
   * @default {0}
   */
  seed?: number;
  /**
   * Widths of the blocks of columns of which each has members of its own.
   *
   * @default {all columns are one}
   */
  blocks?: readonly number[];
}

/** How each member comes back from its state, in the order in which they are asked. */
const MEMBERS = {
  "lda-shrinkage": LdaShrinkage.fromState,
  "logistic-regression": LogisticRegression.fromState,
  "svm-rbf-grid": GridSearch.fromState,
} as const;

/** Names of the members of an {@linkcode Ensemble}, in the order in which they are asked. */
export const ENSEMBLE_MEMBERS: readonly (keyof typeof MEMBERS)[] = Object.keys(MEMBERS) as (
  keyof typeof MEMBERS
)[];

/**
 * Three regularised classifiers that err differently, asked together: linear discriminant analysis with
 * shrinkage, logistic regression and an RBF support vector machine with a grid search of its own, each
 * fitted to the same samples. Their class probabilities are pooled with equal weights (see
 * {@linkcode logPool}); nothing is tuned.
 *
 * @example
 * ```ts
 * import { Ensemble } from "./ensemble.ts";
 * import { Matrix } from "../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const x = Matrix.fromRows([[0, 1], [1, 0], [1, 2], [8, 9], [9, 8], [9, 10]]);
 * const model = new Ensemble();
 * model.fit(x, Int32Array.of(0, 0, 0, 1, 1, 1), 2);
 * assert.deepEqual(model.predict(x), Int32Array.of(0, 0, 0, 1, 1, 1));
 * ```
 */
export class Ensemble implements Classifier {
  /** The model's name in tables and files. */
  readonly name = "ensemble";
  #members: readonly Classifier[];

  /** Makes an unfitted model. */
  constructor({ c, seed, blocks = [] }: EnsembleOptions = {}) {
    const members = [
      () => new LdaShrinkage(),
      () => new LogisticRegression({ c }),
      () => new GridSearch({ seed }),
    ];
    this.#members = members.map((make) =>
      blocks.length > 1 ? new BlockClassifier(blocks, make) : make()
    );
  }

  /**
   * The ensemble of members that were fitted to the same samples already, in the order of
   * {@linkcode ENSEMBLE_MEMBERS}: what {@linkcode Ensemble.fit} makes, where they have its options.
   *
   * @throws {RangeError} If they are not the members of an ensemble.
   */
  static of(members: readonly Classifier[]): Ensemble {
    const names = members.map(({ name }) => name);
    if (String(names) !== String(ENSEMBLE_MEMBERS)) {
      throw new RangeError(
        `an ensemble is ${ENSEMBLE_MEMBERS.join(", ")}, not ${names.join(", ")}`,
      );
    }
    const ensemble = new Ensemble();
    ensemble.#members = [...members];
    return ensemble;
  }

  /**
   * Learns from `x` [n, features] and `y` [n], class indices from 0 to `nClasses - 1`. Rows of one of
   * `groups` are in one fold of the grid search.
   *
   * @throws {RangeError} If the sizes disagree, a feature is not finite, or fewer than two classes
   * have samples.
   * @throws {FitError} If every class has but one sample, or the logistic regression does not converge.
   */
  fit(x: Matrix, y: Int32Array, nClasses: number, groups?: readonly string[]): void {
    for (const member of this.#members) member.fit(x, y, nClasses, groups);
  }

  /** What the members have to say of their fits, if anything. */
  get warning(): string | undefined {
    const warnings = this.#members.flatMap(({ name, warning }) =>
      warning === undefined ? [] : [`${name}: ${warning}`]
    );
    return warnings.length === 0 ? undefined : warnings.join("; ");
  }

  /**
   * The most probable class of every row of `x` [n, features].
   *
   * @throws {NotFittedError} If the model has not been fitted.
   * @throws {RangeError} If the number of features is not that of the training set.
   */
  predict(x: Matrix): Int32Array {
    return this.predictProba(x).argMax();
  }

  /**
   * Class probabilities [n, nClasses] of every row of `x` [n, features].
   *
   * @throws {NotFittedError} If the model has not been fitted.
   * @throws {RangeError} If the number of features is not that of the training set.
   */
  predictProba(x: Matrix): Matrix {
    return logPool(this.#members.map((member) => member.predictProba(x)));
  }

  /**
   * What the fitted model needs to be rebuilt: the members' settings by name, and their tensors with the
   * member's name before each.
   *
   * @throws {NotFittedError} If the model has not been fitted.
   */
  state(): ModelState {
    const states = this.#members.map((member) => member.state());
    const { nClasses, nFeatures } = states[0].settings;
    const tensors = states.flatMap(({ model, tensors }) =>
      Object.entries(tensors).map(([name, tensor]) => [`${model}/${name}`, tensor] as const)
    );
    return {
      model: this.name,
      settings: {
        nClasses,
        nFeatures,
        ...Object.fromEntries(states.map(({ model, settings }) => [model, settings])),
      },
      tensors: Object.fromEntries(tensors),
    };
  }

  /**
   * Rebuilds a model from its `state`.
   *
   * @throws {ModelStateError} If the state is of another model or incomplete.
   */
  static fromState(state: ModelState): Ensemble {
    new StateReader(state, "ensemble");
    const ensemble = new Ensemble();
    ensemble.#members = Object.entries(MEMBERS).map(([name, rebuild]) => {
      const model = name as keyof typeof MEMBERS;
      const settings = state.settings[model];
      if (typeof settings !== "object" || settings === null) {
        throw new ModelStateError(`the saved ensemble model lacks the settings of its ${model}`);
      }
      const tensors: TensorMap = Object.fromEntries(
        Object.entries(state.tensors).flatMap(([tensor, value]) =>
          tensor.startsWith(`${model}/`) ? [[tensor.slice(model.length + 1), value] as const] : []
        ),
      );
      const member = { model, settings: settings as Record<string, unknown>, tensors };
      return BlockClassifier.wrote(member)
        ? BlockClassifier.fromState(member, rebuild)
        : rebuild(member);
    });
    return ensemble;
  }

  /** Does nothing: the members live on the JavaScript heap. */
  dispose(): void {}
}
