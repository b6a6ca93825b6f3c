import type { Matrix } from "../../numeric/matrix.ts";
import { applyPseudoInverse } from "../../numeric/apply_pseudo_inverse.ts";
import { checkDivisible } from "../check_divisible.ts";
import type { ModelState } from "../classifier.ts";
import { crossProducts } from "../../numeric/cross_products.ts";
import { checkFitInput } from "../fit_input.ts";
import { LinearClassifier } from "./linear_classifier.ts";
import { StateReader } from "../model_state.ts";
import { symmetricFunction } from "../../numeric/symmetric_function.ts";

/** Options of {@linkcode Lda}. */
export interface LdaOptions {
  /**
   * Directions in which the scaled within-class data have a singular value no larger than this are
   * left out; so are, relative to the largest, those between the class means.
   *
   * @default {1e-4}
   */
  tolerance?: number;
}

/**
 * Linear discriminant analysis with the semantics of scikit-learn's `LinearDiscriminantAnalysis`
 * (SVD solver, no shrinkage, priors from the training set). It also serves where there are far fewer
 * samples than features: the singular value decomposition of the scaled within-class data is taken from
 * the smaller of its two Gram matrices.
 *
 * @example
 * ```ts
 * import { Lda } from "./lda.ts";
 * import { Matrix } from "../../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const model = new Lda();
 * const x = Matrix.fromRows([[0, 1], [1, 0], [1, 2], [8, 9], [9, 8], [9, 10]]);
 * model.fit(x, Int32Array.of(0, 0, 0, 1, 1, 1), 2);
 * assert.deepEqual(model.predict(x), Int32Array.of(0, 0, 0, 1, 1, 1));
 * ```
 */
export class Lda extends LinearClassifier {
  /** The model's name in tables and files. */
  override readonly name = "lda";
  readonly #tolerance: number;

  /** Makes an unfitted model. */
  constructor(options: LdaOptions = {}) {
    super();
    this.#tolerance = options.tolerance ?? 1e-4;
  }

  /**
   * Learns from `x` [n, features] and `y` [n], class indices from 0 to `nClasses - 1`. Where no
   * feature varies within a class, where scikit-learn fails, the posterior is the prior.
   *
   * @throws {RangeError} If the sizes disagree, a feature is not finite, or fewer than two classes
   * have samples.
   * @throws {FitError} If every class has but one sample.
   */
  override fit(x: Matrix, y: Int32Array, nClasses: number): void {
    const { classes, members } = checkFitInput(x, y, nClasses);
    checkDivisible(this.name, { members });
    const n = x.rows, p = x.cols, k = classes.length;
    const { means, within, deviation } = standardiseWithin(x, members);
    const priors = members.map((rows) => rows.length / n);
    const overall = new Float64Array(p);
    for (let c = 0; c < k; c++) {
      for (let f = 0; f < p; f++) overall[f] += priors[c] * means[c * p + f];
    }
    /** Class means in the scale of `within`, from the overall mean: [k, p]. */
    const offsets = means.map((mean, at) => (mean - overall[at % p]) / deviation[at % p]);

    // With W the pseudo-inverse of the within-class covariance, scikit-learn's whitened class means
    // M satisfy M M' = offsets W offsets'; W offsets' is all that is needed of the whitening.
    const least = this.#tolerance ** 2;
    const directions = applyPseudoInverse(within, n, p, offsets, () => least);
    const products = crossProducts(offsets, directions, p);
    const projection = betweenProjection(products, members, this.#tolerance);

    const coef = new Float64Array(k * p);
    const intercept = new Float64Array(k);
    for (let c = 0; c < k; c++) {
      for (let other = 0; other < k; other++) {
        const weight = projection[c * k + other];
        for (let f = 0; f < p; f++) coef[c * p + f] += weight * directions[other * p + f];
        intercept[c] -= 0.5 * weight * products[other * k + c];
      }
      intercept[c] += Math.log(priors[c]);
      for (let f = 0; f < p; f++) {
        coef[c * p + f] /= deviation[f];
        intercept[c] -= overall[f] * coef[c * p + f];
      }
    }
    this.keep({ nClasses, nFeatures: p, classes, coef, intercept });
  }

  /** The settings that {@linkcode Lda.fromState} needs. */
  protected override settings(): Record<string, unknown> {
    return { tolerance: this.#tolerance };
  }

  /**
   * Rebuilds a model from its `state`.
   *
   * @throws {ModelStateError} If the state is of another model or incomplete.
   */
  static fromState(state: ModelState): Lda {
    const reader = new StateReader(state, "lda");
    const model = new Lda({ tolerance: reader.number("tolerance") });
    model.restore(reader);
    return model;
  }
}

/**
 * Class means [k, p]; the samples less their class mean, over the standard deviation of that
 * difference and the square root of n [n, p], so that their scatter is a correlation matrix; and that
 * standard deviation [p], 1 where it is zero.
 */
function standardiseWithin(
  x: Matrix,
  members: readonly Int32Array[],
): { means: Float64Array; within: Float64Array; deviation: Float64Array } {
  const n = x.rows, p = x.cols;
  const means = new Float64Array(members.length * p);
  const within = new Float64Array(n * p);
  const deviation = new Float64Array(p);
  let at = 0;
  members.forEach((rows, c) => {
    // Sums of differences from the first sample: a constant feature then gives exact zeros. With
    // rounding errors instead, division by their deviation would make noise of the full size.
    const first = x.row(rows[0]);
    const mean = means.subarray(c * p, (c + 1) * p);
    for (const r of rows) {
      for (let f = 0; f < p; f++) mean[f] += x.data[r * p + f] - first[f];
    }
    for (let f = 0; f < p; f++) mean[f] = first[f] + mean[f] / rows.length;
    for (const r of rows) {
      for (let f = 0; f < p; f++) {
        const difference = x.data[r * p + f] - mean[f];
        within[at + f] = difference;
        deviation[f] += difference * difference;
      }
      at += p;
    }
  });
  for (let f = 0; f < p; f++) deviation[f] = Math.sqrt(deviation[f] / n) || 1;
  for (let k = 0; k < within.length; k++) within[k] /= deviation[k % p] * Math.sqrt(n);
  return { means, within, deviation };
}

/**
 * scikit-learn projects the whitened class means M onto the directions in which they really differ:
 * the right singular vectors V of B = diag(weights) M. M V V' = P M with
 * P = M B' (B B')^+ diag(weights); `products` is M M', and the result P [k, k].
 */
function betweenProjection(
  products: Float64Array,
  members: readonly Int32Array[],
  tolerance: number,
): Float64Array {
  const k = members.length;
  const weights = members.map((rows) => Math.sqrt(rows.length / (k - 1)));
  const mixed = products.map((value, at) => value * weights[at % k]);
  const gram = mixed.map((value, at) => value * weights[Math.floor(at / k)]);
  const out = symmetricFunction(gram, k, mixed, (values) => {
    const least = tolerance ** 2 * Math.max(...values);
    return values.map((value) => value > least ? 1 / value : 0);
  });
  return out.map((value, at) => value * weights[at % k]);
}
