import { crossProducts } from "../../numeric/cross_products.ts";
import type { SmoothObjective } from "../../numeric/newton.ts";
import { rowStretches } from "../../numeric/row_stretches.ts";
import type { SoftmaxLoss } from "./softmax_loss.ts";
import { ROWS, weightedSums } from "../../numeric/weighted_sums.ts";

/**
 * What a logistic regression minimises: c times the log losses, plus half the squared coefficients. All
 * classes are free, but of two only the second: the scores of the first are 0.
 *
 * The parameters are one block a free class: its coefficients [features], its intercept.
 */
export class LogisticObjective implements SmoothObjective {
  /** Number of parameters. */
  readonly size: number;
  /** Samples times c: what the gradient is measured against. */
  readonly scale: number;
  readonly #values: Float32Array | Float64Array;
  readonly #features: number;
  /** Room for some rows in double precision: it is asked for hundreds of times. */
  readonly #place: Float64Array;
  readonly #loss: SoftmaxLoss;
  readonly #c: number;
  readonly #fixed: number;

  /** The objective for the samples `values` [n, features], row by row. */
  constructor(values: Float32Array | Float64Array, loss: SoftmaxLoss, c: number) {
    this.#values = values;
    this.#features = values.length / loss.n;
    this.#place = new Float64Array(ROWS * this.#features);
    this.#loss = loss;
    this.#c = c;
    this.#fixed = loss.k === 2 ? 1 : 0;
    this.size = (loss.k - this.#fixed) * (this.#features + 1);
    this.scale = loss.n * c;
  }

  /** The value at `w`. */
  value(w: Float64Array): number {
    const penalty = this.#coefficients(w).reduce((sum, v) => sum + v * v, 0) / 2;
    return this.#c * this.#loss.value(this.#scores(w)) + penalty;
  }

  /** The gradient at `w`, the point of the last `value` call. */
  gradient(w: Float64Array): Float64Array {
    return this.#pullBack(this.#loss.slope(), w);
  }

  /** The Hessian at the point of the last `value` call, times `v`. */
  hessianTimes(v: Float64Array): Float64Array {
    return this.#pullBack(this.#loss.curvature(this.#scores(v)), v);
  }

  /** Coefficients [k, features] and intercepts [k] of all classes. */
  unpack(w: Float64Array): { coef: Float64Array; intercept: Float64Array } {
    const { k } = this.#loss;
    const coef = new Float64Array(k * this.#features);
    coef.set(this.#coefficients(w), this.#fixed * this.#features);
    const intercept = new Float64Array(k);
    for (let j = this.#fixed; j < k; j++) {
      intercept[j] = w[(j - this.#fixed + 1) * (this.#features + 1) - 1];
    }
    return { coef, intercept };
  }

  /** The coefficients [free classes, features] among the parameters. */
  #coefficients(w: Float64Array): Float64Array {
    const p = this.#features;
    const free = w.length / (p + 1);
    const out = new Float64Array(free * p);
    for (let j = 0; j < free; j++) {
      out.set(w.subarray(j * (p + 1), j * (p + 1) + p), j * p);
    }
    return out;
  }

  /** Scores [k, n] of the parameters `w`, those of a fixed class 0. */
  #scores(w: Float64Array): Float64Array {
    const { n, k } = this.#loss;
    const p = this.#features;
    const coefficients = this.#coefficients(w);
    const out = new Float64Array(k * n);
    for (const { from, to, values } of rowStretches(this.#values, p, ROWS, this.#place)) {
      const rows = to - from;
      const products = crossProducts(coefficients, values, p);
      for (let j = 0; j < k - this.#fixed; j++) {
        const intercept = w[(j + 1) * (p + 1) - 1];
        const at = (j + this.#fixed) * n + from;
        for (let r = 0; r < rows; r++) out[at + r] = products[j * rows + r] + intercept;
      }
    }
    return out;
  }

  /** The gradient by the parameters, given that by the scores, and the part of the penalty at `w`. */
  #pullBack(slope: Float64Array, w: Float64Array): Float64Array {
    const { n } = this.#loss;
    const p = this.#features;
    const own = slope.subarray(this.#fixed * n);
    const sums = weightedSums(own, this.#values, p, this.#place);
    const out = new Float64Array(this.size);
    for (let j = 0; j < own.length / n; j++) {
      const at = j * (p + 1);
      for (let f = 0; f < p; f++) out[at + f] = this.#c * sums[j * p + f] + w[at + f];
      for (let r = 0; r < n; r++) out[at + p] += this.#c * own[j * n + r];
    }
    return out;
  }
}
