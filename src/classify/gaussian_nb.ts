import type { Matrix } from "../numeric/matrix.ts";
import type { Classifier, ModelState } from "./classifier.ts";
import { checkFeatures, checkFitInput, NotFittedError } from "./fit_input.ts";
import { StateReader } from "./model_state.ts";
import { highest, posterior } from "./posterior.ts";

/** Options of {@linkcode GaussianNb}. */
export interface GaussianNbOptions {
  /**
   * Share of the largest feature variance that is added to every variance, so that none is zero.
   *
   * @default {1e-9}
   */
  varSmoothing?: number;
}

/** What a fit leaves behind; the first dimension runs over the classes that had samples. */
interface Fitted {
  readonly nClasses: number;
  readonly nFeatures: number;
  readonly classes: Int32Array;
  readonly means: Float64Array;
  readonly variances: Float64Array;
  readonly priors: Float64Array;
}

/**
 * Gaussian naive Bayes with scikit-learn's `GaussianNB` semantics: each feature of each class is an
 * independent normal distribution, priors are the class shares of the training set.
 *
 * @example
 * ```ts
 * import { GaussianNb } from "./gaussian_nb.ts";
 * import { Matrix } from "../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const model = new GaussianNb();
 * model.fit(Matrix.fromRows([[0], [1], [8], [9]]), Int32Array.of(0, 0, 1, 1), 2);
 * assert.deepEqual(model.predict(Matrix.fromRows([[2], [7]])), Int32Array.of(0, 1));
 * ```
 */
export class GaussianNb implements Classifier {
  /** The model's name in tables and files. */
  readonly name = "gaussian-nb";
  readonly #varSmoothing: number;
  #fitted: Fitted | undefined;

  /** Makes an unfitted model. */
  constructor(options: GaussianNbOptions = {}) {
    this.#varSmoothing = options.varSmoothing ?? 1e-9;
  }

  /**
   * Learns from `x` [n, features] and `y` [n], class indices from 0 to `nClasses - 1`. Where no
   * feature varies at all, where scikit-learn would give NaN, the posterior is the prior.
   *
   * @throws {RangeError} If the sizes disagree, a feature is not finite, or fewer than two classes
   * have samples.
   */
  fit(x: Matrix, y: Int32Array, nClasses: number): void {
    const { classes, members } = checkFitInput(x, y, nClasses);
    const nFeatures = x.cols;
    const everything = meanAndVariance(x, Int32Array.from(y.keys()));
    const largest = everything.variance.reduce((max, value) => Math.max(max, value), 0);
    const epsilon = largest > 0 ? this.#varSmoothing * largest : 1;
    const means = new Float64Array(classes.length * nFeatures);
    const variances = new Float64Array(classes.length * nFeatures);
    members.forEach((rows, k) => {
      const { mean, variance } = meanAndVariance(x, rows);
      means.set(mean, k * nFeatures);
      variances.set(variance.map((value) => value + epsilon), k * nFeatures);
    });
    const priors = Float64Array.from(members, (rows) => rows.length / x.rows);
    this.#fitted = { nClasses, nFeatures, classes, means, variances, priors };
  }

  /**
   * The class index of every row of `x` [n, features].
   *
   * @throws {NotFittedError} If the model has not been fitted.
   * @throws {RangeError} If the number of features is not that of the training set.
   */
  predict(x: Matrix): Int32Array {
    const fitted = this.#need();
    return highest(this.#jointLogLikelihood(x, fitted), fitted.classes);
  }

  /**
   * Class probabilities [n, nClasses] of every row of `x` [n, features].
   *
   * @throws {NotFittedError} If the model has not been fitted.
   * @throws {RangeError} If the number of features is not that of the training set.
   */
  predictProba(x: Matrix): Matrix {
    const fitted = this.#need();
    return posterior(this.#jointLogLikelihood(x, fitted), fitted.classes, fitted.nClasses);
  }

  /**
   * What the fitted model needs to be rebuilt.
   *
   * @throws {NotFittedError} If the model has not been fitted.
   */
  state(): ModelState {
    const { nClasses, nFeatures, classes, means, variances, priors } = this.#need();
    const shape = [classes.length, nFeatures];
    return {
      model: this.name,
      settings: { nClasses, nFeatures, varSmoothing: this.#varSmoothing },
      tensors: {
        classes: { shape: [classes.length], data: classes },
        means: { shape, data: means },
        variances: { shape, data: variances },
        priors: { shape: [classes.length], data: priors },
      },
    };
  }

  /**
   * Rebuilds a model from its `state`.
   *
   * @throws {ModelStateError} If the state is of another model or incomplete.
   */
  static fromState(state: ModelState): GaussianNb {
    const reader = new StateReader(state, "gaussian-nb");
    const model = new GaussianNb({ varSmoothing: reader.number("varSmoothing") });
    const nClasses = reader.count("nClasses");
    const nFeatures = reader.count("nFeatures");
    const classes = reader.classes(nClasses);
    model.#fitted = {
      nClasses,
      nFeatures,
      classes,
      means: reader.doubles("means", [classes.length, nFeatures]),
      variances: reader.doubles("variances", [classes.length, nFeatures]),
      priors: reader.doubles("priors", [classes.length]),
    };
    return model;
  }

  /** Does nothing: the model lives on the JavaScript heap. */
  dispose(): void {}

  #need(): Fitted {
    if (this.#fitted === undefined) throw new NotFittedError(this.name);
    return this.#fitted;
  }

  /** log P(class) + log P(x | class), row-major [n, classes with samples]. */
  #jointLogLikelihood(x: Matrix, fitted: Fitted): Float64Array {
    const { nFeatures, classes, means, variances, priors } = fitted;
    checkFeatures(x, nFeatures, this.name);
    const out = new Float64Array(x.rows * classes.length);
    for (let k = 0; k < classes.length; k++) {
      const at = k * nFeatures;
      let constant = 0;
      for (let f = 0; f < nFeatures; f++) constant += Math.log(2 * Math.PI * variances[at + f]);
      for (let r = 0; r < x.rows; r++) {
        let distance = 0;
        for (let f = 0; f < nFeatures; f++) {
          const difference = x.data[r * nFeatures + f] - means[at + f];
          distance += difference * difference / variances[at + f];
        }
        out[r * classes.length + k] = Math.log(priors[k]) - 0.5 * (constant + distance);
      }
    }
    return out;
  }
}

/**
 * Mean and population variance of every column over `rows`. Sums run over differences from the first
 * row, so that a constant column has a variance of exactly 0.
 */
function meanAndVariance(
  x: Matrix,
  rows: Int32Array,
): { mean: Float64Array; variance: Float64Array } {
  const first = x.row(rows[0]);
  const mean = new Float64Array(x.cols);
  for (const r of rows) {
    for (let f = 0; f < x.cols; f++) mean[f] += x.data[r * x.cols + f] - first[f];
  }
  for (let f = 0; f < x.cols; f++) mean[f] = first[f] + mean[f] / rows.length;
  const variance = new Float64Array(x.cols);
  for (const r of rows) {
    for (let f = 0; f < x.cols; f++) variance[f] += (x.data[r * x.cols + f] - mean[f]) ** 2;
  }
  for (let f = 0; f < x.cols; f++) variance[f] /= rows.length;
  return { mean, variance };
}
