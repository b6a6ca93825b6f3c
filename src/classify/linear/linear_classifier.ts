import type { Matrix } from "../../numeric/matrix.ts";
import type { Classifier, ModelState } from "../classifier.ts";
import { checkFeatures, NotFittedError } from "../fit_input.ts";
import { linearScores } from "./linear_scores.ts";
import type { StateReader } from "../model_state.ts";
import { highest, posterior } from "../posterior.ts";

/** What a fit leaves behind: one row of coefficients and one intercept a class that had samples. */
export interface LinearModel {
  /** Number of classes, with or without samples. */
  readonly nClasses: number;
  /** Features a sample. */
  readonly nFeatures: number;
  /** The classes that had samples. */
  readonly classes: Int32Array;
  /** Coefficients [classes.length, nFeatures]. */
  readonly coef: Float64Array;
  /** Intercepts [classes.length]. */
  readonly intercept: Float64Array;
}

/**
 * A classifier whose log-posteriors are linear in the features: what linear discriminant analysis, of
 * either kind, and logistic regression have in common once they are fitted.
 */
export abstract class LinearClassifier implements Classifier {
  /** The model's name in tables and files. */
  abstract readonly name: string;
  #fitted: LinearModel | undefined;

  /**
   * Learns from `x` [n, features] and `y` [n], class indices from 0 to `nClasses - 1`.
   *
   * @throws {RangeError} If the sizes disagree, a feature is not finite, or fewer than two classes
   * have samples.
   */
  abstract fit(x: Matrix, y: Int32Array, nClasses: number): void;

  /** The settings of the model that its state needs beside what it learnt. */
  protected abstract settings(): Record<string, unknown>;

  /** Takes over what a fit has found. */
  protected keep(fitted: LinearModel): void {
    this.#fitted = fitted;
  }

  /**
   * The class index of every row of `x` [n, features].
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
      settings: { nClasses, nFeatures, ...this.settings() },
      tensors: {
        classes: { shape: [classes.length], data: classes },
        coef: { shape: [classes.length, nFeatures], data: coef },
        intercept: { shape: [classes.length], data: intercept },
      },
    };
  }

  /**
   * Takes over what another model of this kind learnt.
   *
   * @throws {ModelStateError} If the state is incomplete.
   */
  protected restore(reader: StateReader): void {
    const nClasses = reader.count("nClasses");
    const nFeatures = reader.count("nFeatures");
    const classes = reader.classes(nClasses);
    this.#fitted = {
      nClasses,
      nFeatures,
      classes,
      coef: reader.doubles("coef", [classes.length, nFeatures]),
      intercept: reader.doubles("intercept", [classes.length]),
    };
  }

  /** Does nothing: the model lives on the JavaScript heap. */
  dispose(): void {}

  #need(): LinearModel {
    if (this.#fitted === undefined) throw new NotFittedError(this.name);
    return this.#fitted;
  }

  #scores(x: Matrix): Float64Array {
    const { nFeatures, coef, intercept } = this.#need();
    checkFeatures(x, nFeatures, this.name);
    return linearScores(x, coef, intercept);
  }
}
