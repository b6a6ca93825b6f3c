import type { Matrix } from "../numeric/matrix.ts";
import type { Classifier, ModelState } from "./classifier.ts";
import { StandardScaler } from "./standard_scaler.ts";

/** What the scaler's tensors are called in the state, beside the classifier's. */
const PREFIX = "scaler/";

/**
 * A scaler and a classifier as one classifier: the scaler learns from what the classifier is fitted
 * on and from nothing else, so that it cannot leak. It has the classifier's name; its state is the
 * classifier's with the tensors `scaler/mean` and `scaler/scale`.
 *
 * @example
 * ```ts
 * import { classifierFromState } from "./registry.ts";
 * import { ScaledClassifier } from "./scaled_classifier.ts";
 * import { Svm } from "./svm/svm.ts";
 * import { Matrix } from "../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const x = Matrix.fromRows([[0, 900], [1, -900], [8, -800], [9, 800]]);
 * const model = new ScaledClassifier(new Svm({ kernel: "linear" }));
 * model.fit(x, Int32Array.of(0, 0, 1, 1), 2);
 * assert.deepEqual(model.predict(x), Int32Array.of(0, 0, 1, 1));
 * assert.deepEqual(classifierFromState(model.state()).predict(x), model.predict(x));
 * ```
 */
export class ScaledClassifier implements Classifier {
  /** The classifier's name in tables and files. */
  readonly name: string;
  readonly #classifier: Classifier;
  #scaler = new StandardScaler();

  /** Puts a scaler before `classifier`, which it takes over: disposing one disposes the other. */
  constructor(classifier: Classifier) {
    this.name = classifier.name;
    this.#classifier = classifier;
  }

  /**
   * Learns from `x` [n, features] and `y` [n], class indices from 0 to `nClasses - 1`.
   *
   * @throws {RangeError} If the classifier cannot be fitted on them, or there are no samples.
   */
  fit(x: Matrix, y: Int32Array, nClasses: number, groups?: readonly string[]): void {
    const scaler = new StandardScaler();
    scaler.fit(x);
    this.#classifier.fit(scaler.transform(x), y, nClasses, groups);
    this.#scaler = scaler;
  }

  /**
   * The class index of every row of `x` [n, features].
   *
   * @throws {NotFittedError} If the model has not been fitted.
   * @throws {RangeError} If the number of features is not that of the training set.
   */
  predict(x: Matrix): Int32Array {
    return this.#classifier.predict(this.#scaler.transform(x));
  }

  /**
   * Class probabilities [n, nClasses] of every row of `x` [n, features].
   *
   * @throws {NotFittedError} If the model has not been fitted.
   * @throws {RangeError} If the number of features is not that of the training set.
   */
  predictProba(x: Matrix): Matrix {
    return this.#classifier.predictProba(this.#scaler.transform(x));
  }

  /**
   * What the fitted model needs to be rebuilt.
   *
   * @throws {NotFittedError} If the model has not been fitted.
   */
  state(): ModelState {
    const { model, settings, tensors } = this.#classifier.state();
    const scaler = Object.entries(this.#scaler.state().tensors)
      .map(([name, tensor]) => [PREFIX + name, tensor] as const);
    return { model, settings, tensors: { ...tensors, ...Object.fromEntries(scaler) } };
  }

  /** What the reader of the classifier's results should know, if anything. */
  get warning(): string | undefined {
    return this.#classifier.warning;
  }

  /** Frees what the classifier holds outside the JavaScript heap. */
  dispose(): void {
    this.#classifier.dispose();
  }

  /** Whether a scaled classifier gave `state`. */
  static wrote({ tensors }: ModelState): boolean {
    return Object.keys(tensors).some((name) => name.startsWith(PREFIX));
  }

  /**
   * Rebuilds a model from its `state`; `rebuild` does so for the classifier inside.
   *
   * @throws {ModelStateError} If the state is of another model or incomplete.
   */
  static fromState(
    state: ModelState,
    rebuild: (state: ModelState) => Classifier,
  ): ScaledClassifier {
    const entries = Object.entries(state.tensors);
    const own = Object.fromEntries(entries.filter(([name]) => !name.startsWith(PREFIX)));
    const scaler = Object.fromEntries(
      entries.flatMap(([name, tensor]) =>
        name.startsWith(PREFIX) ? [[name.slice(PREFIX.length), tensor] as const] : []
      ),
    );
    const { nFeatures } = state.settings;
    const rebuilt = StandardScaler.fromState({
      model: "standard-scaler",
      settings: { nFeatures },
      tensors: scaler,
    });
    const model = new ScaledClassifier(rebuild({ ...state, tensors: own }));
    model.#scaler = rebuilt;
    return model;
  }
}
