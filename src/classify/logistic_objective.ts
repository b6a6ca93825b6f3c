import type { Matrix } from "../nn/matrix.ts";
import { crossProducts } from "./cross_products.ts";
import { dot, type SmoothObjective } from "./newton.ts";
import type { SoftmaxLoss } from "./softmax_loss.ts";
import { transpose } from "./transpose.ts";

/** What a logistic regression minimises: c times the log losses, plus half the squared coefficients. */
export interface LogisticObjective extends SmoothObjective {
  /** Coefficients [k, features] and intercepts [k] of the parameters `w`. */
  unpack(w: Float64Array): { coef: Float64Array; intercept: Float64Array };
}

/**
 * The objective for the samples `x`. All classes are free, but of two only the second: the scores of
 * the first are 0.
 *
 * Where there are more features than samples, its parameters are not the coefficients but weights of the
 * samples whose sum they are: the same steps, at the cost of the samples' products.
 */
export function logisticObjective(x: Matrix, loss: SoftmaxLoss, c: number): LogisticObjective {
  return x.cols > x.rows ? new BySamples(x, loss, c) : new ByFeatures(x, loss, c);
}

/** What both have in common: parameters in one block a free class, of which the last is the intercept. */
abstract class Objective {
  /** Number of parameters. */
  readonly size: number;
  /** Samples times c: what the gradient is measured against. */
  readonly scale: number;
  /** The samples [n, features], in double precision. */
  protected readonly values: Float64Array;
  /** Number of classes whose scores are 0 by definition. */
  protected readonly fixed: number;

  constructor(
    protected readonly x: Matrix,
    protected readonly loss: SoftmaxLoss,
    protected readonly c: number,
    /** Parameters a class. */
    protected readonly width: number,
  ) {
    this.values = Float64Array.from(x.data);
    this.fixed = loss.k === 2 ? 1 : 0;
    this.size = (loss.k - this.fixed) * width;
    this.scale = x.rows * c;
  }

  /** Scores [k, n] of the parameters `w`. */
  protected abstract scores(w: Float64Array): Float64Array;

  /** The gradient by the parameters, given that by the scores, and the part of the penalty at `w`. */
  protected abstract pullBack(slope: Float64Array, w: Float64Array): Float64Array;

  /** Half the sum of the squared coefficients. */
  protected abstract penalty(w: Float64Array): number;

  value(w: Float64Array): number {
    return this.c * this.loss.value(this.scores(w)) + this.penalty(w);
  }

  gradient(w: Float64Array): Float64Array {
    return this.pullBack(this.loss.slope(), w);
  }

  hessianTimes(v: Float64Array): Float64Array {
    return this.pullBack(this.loss.curvature(this.scores(v)), v);
  }

  /** Parameters from `from` to `to` of the block of each free class, one after the other. */
  protected parts(w: Float64Array, from: number, to: number): Float64Array {
    const free = this.loss.k - this.fixed;
    const out = new Float64Array(free * (to - from));
    for (let j = 0; j < free; j++) {
      out.set(w.subarray(j * this.width + from, j * this.width + to), j * (to - from));
    }
    return out;
  }

  /** `products` [free classes, n] plus the intercepts, under the zeros of a fixed class. */
  protected withIntercepts(products: Float64Array, w: Float64Array): Float64Array {
    const { n, k } = this.loss;
    const out = new Float64Array(k * n);
    for (let j = 0; j < k - this.fixed; j++) {
      const intercept = w[(j + 1) * this.width - 1];
      const to = (j + this.fixed) * n;
      for (let r = 0; r < n; r++) out[to + r] = products[j * n + r] + intercept;
    }
    return out;
  }

  /** Coefficients and intercepts of all classes from those of the free ones. */
  protected complete(
    coef: Float64Array,
    w: Float64Array,
  ): { coef: Float64Array; intercept: Float64Array } {
    const all = new Float64Array(this.loss.k * this.x.cols);
    all.set(coef, this.fixed * this.x.cols);
    const intercept = new Float64Array(this.loss.k);
    intercept.set(this.parts(w, this.width - 1, this.width), this.fixed);
    return { coef: all, intercept };
  }
}

/** The block of a class: its coefficients [features], its intercept. */
class ByFeatures extends Objective implements LogisticObjective {
  readonly #columns: Float64Array;

  constructor(x: Matrix, loss: SoftmaxLoss, c: number) {
    super(x, loss, c, x.cols + 1);
    this.#columns = transpose(this.values, x.rows, x.cols);
  }

  protected override scores(w: Float64Array): Float64Array {
    const { cols } = this.x;
    return this.withIntercepts(crossProducts(this.parts(w, 0, cols), this.values, cols), w);
  }

  protected override pullBack(slope: Float64Array, w: Float64Array): Float64Array {
    const { rows: n, cols: p } = this.x;
    const own = slope.subarray(this.fixed * n);
    const products = crossProducts(own, this.#columns, n);
    const out = new Float64Array(this.size);
    for (let j = 0; j < own.length / n; j++) {
      const at = j * this.width;
      for (let f = 0; f < p; f++) out[at + f] = this.c * products[j * p + f] + w[at + f];
      for (let r = 0; r < n; r++) out[at + p] += this.c * own[j * n + r];
    }
    return out;
  }

  protected override penalty(w: Float64Array): number {
    const coef = this.parts(w, 0, this.x.cols);
    return dot(coef, coef) / 2;
  }

  unpack(w: Float64Array): { coef: Float64Array; intercept: Float64Array } {
    return this.complete(this.parts(w, 0, this.x.cols), w);
  }
}

/**
 * The block of a class: the weights a of the samples [n], the products K a with K = X X' [n], and the
 * intercept; its coefficients are X' a. The products belong to the weights in every sum of such
 * vectors, so that an inner product of coefficients, a' K b, is that of one's weights and the
 * other's products.
 */
class BySamples extends Objective implements LogisticObjective {
  readonly #kernel: Float64Array;

  constructor(x: Matrix, loss: SoftmaxLoss, c: number) {
    super(x, loss, c, 2 * x.rows + 1);
    this.#kernel = crossProducts(this.values, this.values, x.cols);
  }

  dot(v: Float64Array, w: Float64Array): number {
    const { n } = this.loss;
    let sum = 0;
    for (let at = 0; at < v.length; at += this.width) {
      for (let r = at; r < at + n; r++) sum += v[r] * w[r + n];
      sum += v[at + 2 * n] * w[at + 2 * n];
    }
    return sum;
  }

  protected override scores(w: Float64Array): Float64Array {
    const { n } = this.loss;
    return this.withIntercepts(this.parts(w, n, 2 * n), w);
  }

  protected override pullBack(slope: Float64Array, w: Float64Array): Float64Array {
    const { n } = this.loss;
    const own = slope.subarray(this.fixed * n);
    const products = crossProducts(own, this.#kernel, n);
    const out = new Float64Array(this.size);
    for (let j = 0; j < own.length / n; j++) {
      const at = j * this.width;
      for (let r = 0; r < n; r++) {
        out[at + r] = this.c * own[j * n + r] + w[at + r];
        out[at + n + r] = this.c * products[j * n + r] + w[at + n + r];
        out[at + 2 * n] += this.c * own[j * n + r];
      }
    }
    return out;
  }

  protected override penalty(w: Float64Array): number {
    const { n } = this.loss;
    return dot(this.parts(w, 0, n), this.parts(w, n, 2 * n)) / 2;
  }

  unpack(w: Float64Array): { coef: Float64Array; intercept: Float64Array } {
    const { rows: n, cols: p } = this.x;
    const columns = transpose(this.values, n, p);
    return this.complete(crossProducts(this.parts(w, 0, n), columns, n), w);
  }
}
