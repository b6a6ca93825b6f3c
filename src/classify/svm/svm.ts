import { Matrix } from "../../numeric/matrix.ts";
import { ClassBlocks } from "./class_blocks.ts";
import { forEachPair, vote } from "./class_pairs.ts";
import type { Classifier, ModelState } from "../classifier.ts";
import { BLOCK, crossProducts } from "../../numeric/cross_products.ts";
import { checkFeatures, checkFitInput, NotFittedError } from "../fit_input.ts";
import { linearScores } from "../linear/linear_scores.ts";
import { StateReader } from "../model_state.ts";
import { fitPairs } from "./fit_pairs.ts";
import { PairKernels } from "./pair_kernels.ts";
import { pairwiseCoupling } from "./pairwise_coupling.ts";
import { sigmoid } from "./platt.ts";
import { rbfKernel, scaleGamma } from "./rbf_kernel.ts";
import { hyperplanes, type Support, support } from "./svm_machine.ts";

/** Options of {@linkcode Svm}. */
export interface SvmOptions {
  /** The kernel: the dot product, or the radial basis function exp(-gamma |a - b|^2). */
  kernel: "linear" | "rbf";
  /**
   * Penalty of a margin violation.
   *
   * @default {1}
   */
  c?: number;
  /**
   * Inverse width of the radial basis function, which the linear kernel does not have; "scale" is
   * 1 / (features x variance of all values).
   *
   * @default {"scale"}
   */
  gamma?: "scale" | number;
  /**
   * Tolerance of the solver's stopping rule.
   *
   * @default {1e-3}
   */
  tolerance?: number;
  /**
   * Seed of the folds from which the class probabilities are calibrated.
   *
   * @default {0}
   */
  seed?: number;
}

/** Rows of which decisions are computed at once. */
const ROWS = 256;

/** What a fit leaves behind. Pairs run over (0, 1), (0, 2) ... (1, 2) ... of `classes`. */
interface Fitted {
  readonly nClasses: number;
  readonly nFeatures: number;
  readonly classes: Int32Array;
  readonly rho: Float64Array;
  /** Slope and offset of each pair's sigmoid [pairs, 2]. */
  readonly sigmoids: Float64Array;
  /** The hyperplane of each pair [pairs, features] for a linear machine, else its support. */
  readonly machine: Float64Array | Support;
}

/**
 * Support vector machine with the semantics of scikit-learn's `SVC`, that is of libsvm: one machine a
 * pair of classes, the class with most votes wins, and among equals the one of lowest index.
 *
 * `predictProba` is libsvm's calibration: Platt scaling of five-fold cross-validated decision values,
 * made in `fit` on the same kernel matrix, then pairwise coupling. As in libsvm, its most probable class
 * is not always the class that `predict` votes for, least so on small training sets.
 *
 * @example
 * ```ts
 * import { Svm } from "./svm.ts";
 * import { Matrix } from "../../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const model = new Svm({ kernel: "rbf" });
 * model.fit(Matrix.fromRows([[0], [1], [8], [9]]), Int32Array.of(0, 0, 1, 1), 2);
 * assert.deepEqual(model.predict(Matrix.fromRows([[2], [7]])), Int32Array.of(0, 1));
 * ```
 */
export class Svm implements Classifier {
  /** The model's name in tables and files. */
  readonly name: "svm-linear" | "svm-rbf";
  readonly #c: number;
  readonly #gamma: "scale" | number;
  readonly #tolerance: number;
  readonly #seed: number;
  #fitted: Fitted | undefined;
  #converged = true;
  /** Decision values of matrices that were asked about: classes and probabilities are both made of them. */
  #known = new WeakMap<Matrix, Float64Array>();

  /** Makes an unfitted machine. */
  constructor(options: SvmOptions) {
    this.name = `svm-${options.kernel}`;
    this.#c = options.c ?? 1;
    this.#gamma = options.gamma ?? "scale";
    this.#tolerance = options.tolerance ?? 1e-3;
    this.#seed = options.seed ?? 0;
  }

  /**
   * Learns from `x` [n, features] and `y` [n], class indices from 0 to `nClasses - 1`.
   *
   * @throws {RangeError} If the sizes disagree, a feature is not finite, or fewer than two classes
   * have samples.
   */
  fit(x: Matrix, y: Int32Array, nClasses: number): void {
    const { members } = checkFitInput(x, y, nClasses);
    const values = this.name === "svm-linear" ? "products" : "distances";
    const kernels = new PairKernels(new ClassBlocks(x, members, values));
    this.fitKernels(x, y, nClasses, kernels);
    kernels.release();
  }

  /**
   * The same with kernels that are there already, as after a grid search: those of the rows of `x`, class by class.
   *
   * @internal
   *
   * @throws {RangeError} As `fit` does.
   */
  fitKernels(x: Matrix, y: Int32Array, nClasses: number, kernels: PairKernels): void {
    const { classes } = checkFitInput(x, y, nClasses);
    const gamma = this.#gamma === "scale" ? scaleGamma(x) : this.#gamma;
    const settings = { gamma, c: this.#c, tolerance: this.#tolerance, seed: this.#seed };
    const { coef, rho, sigmoids, converged } = fitPairs(x.rows, kernels, settings);
    const machine = this.name === "svm-linear" ? hyperplanes(coef, x) : support(coef, x, gamma);
    this.#converged = converged;
    this.#known = new WeakMap();
    this.#fitted = { nClasses, nFeatures: x.cols, classes, rho, sigmoids, machine };
  }

  /** Says so where the solver stopped at libsvm's limit of iterations, short of the tolerance. */
  get warning(): string | undefined {
    return this.#converged
      ? undefined
      : "stopped before it converged: bring the features to a similar, smaller scale";
  }

  /**
   * The class index of every row of `x` [n, features].
   *
   * @throws {NotFittedError} If the machine has not been fitted.
   * @throws {RangeError} If the number of features is not that of the training set.
   */
  predict(x: Matrix): Int32Array {
    const { classes, rho } = this.#need();
    const decisions = this.#decisions(x);
    const out = new Int32Array(x.rows);
    for (let r = 0; r < x.rows; r++) {
      out[r] = classes[vote(classes.length, (pair) => decisions[r * rho.length + pair])];
    }
    return out;
  }

  /**
   * Class probabilities [n, nClasses] of every row of `x` [n, features], calibrated by Platt scaling.
   *
   * @throws {NotFittedError} If the machine has not been fitted.
   * @throws {RangeError} If the number of features is not that of the training set.
   */
  predictProba(x: Matrix): Matrix {
    const { classes, rho, sigmoids, nClasses } = this.#need();
    const decisions = this.#decisions(x);
    const k = classes.length;
    const out = new Matrix(x.rows, nClasses);
    const pairs = new Float64Array(k * k);
    for (let r = 0; r < x.rows; r++) {
      forEachPair(k, (i, j, pair) => {
        const fitted = { a: sigmoids[pair * 2], b: sigmoids[pair * 2 + 1] };
        const p = sigmoid(decisions[r * rho.length + pair], fitted);
        pairs[i * k + j] = Math.min(Math.max(p, 1e-7), 1 - 1e-7);
        pairs[j * k + i] = 1 - pairs[i * k + j];
      });
      pairwiseCoupling(pairs, k).forEach((p, at) => out.data[r * nClasses + classes[at]] = p);
    }
    return out;
  }

  /**
   * Decision values [n, pairs] of the pairs (0, 1), (0, 2) ... (1, 2) ... of the classes that had
   * samples: scikit-learn's `decision_function` with `decision_function_shape="ovo"`, with its signs. A
   * positive value speaks for the first class of the pair, but with just two classes for the second.
   *
   * @throws {NotFittedError} If the machine has not been fitted.
   * @throws {RangeError} If the number of features is not that of the training set.
   */
  decisionFunction(x: Matrix): Matrix {
    const { rho } = this.#need();
    const sign = rho.length === 1 ? -1 : 1;
    const decisions = this.#decisions(x).map((value) => sign * value);
    return new Matrix(x.rows, rho.length, Float32Array.from(decisions));
  }

  /**
   * What the fitted machine needs to be rebuilt.
   *
   * @throws {NotFittedError} If the machine has not been fitted.
   */
  state(): ModelState {
    const { nClasses, nFeatures, classes, rho, sigmoids, machine } = this.#need();
    const settings = {
      nClasses,
      nFeatures,
      c: this.#c,
      tolerance: this.#tolerance,
      seed: this.#seed,
    };
    const tensors = {
      classes: { shape: [classes.length], data: classes },
      rho: { shape: [rho.length], data: rho },
      sigmoids: { shape: [rho.length, 2], data: sigmoids },
    };
    if (machine instanceof Float64Array) {
      const weights = { shape: [rho.length, nFeatures], data: machine };
      return { model: this.name, settings, tensors: { ...tensors, weights } };
    }
    const { gamma, vectors, coef } = machine;
    const nVectors = coef.length / rho.length;
    return {
      model: this.name,
      settings: { ...settings, gamma },
      tensors: {
        ...tensors,
        vectors: { shape: [nVectors, nFeatures], data: vectors },
        coef: { shape: [rho.length, nVectors], data: coef },
      },
    };
  }

  /**
   * Rebuilds a machine from its `state`.
   *
   * @throws {ModelStateError} If the state is of another model or incomplete.
   */
  static fromState(state: ModelState): Svm {
    const linear = state.model === "svm-linear";
    const reader = new StateReader(state, linear ? "svm-linear" : "svm-rbf");
    const gamma = linear ? undefined : reader.number("gamma");
    const model = new Svm({
      kernel: linear ? "linear" : "rbf",
      c: reader.number("c"),
      gamma,
      tolerance: reader.number("tolerance"),
      seed: reader.number("seed"),
    });
    const nClasses = reader.count("nClasses");
    const nFeatures = reader.count("nFeatures");
    const classes = reader.classes(nClasses);
    const nPairs = classes.length * (classes.length - 1) / 2;
    let machine: Float64Array | Support;
    if (gamma === undefined) {
      machine = reader.doubles("weights", [nPairs, nFeatures]);
    } else {
      const vectors = reader.floats("vectors", [-1, nFeatures]);
      const coef = reader.doubles("coef", [nPairs, vectors.length / nFeatures]);
      machine = { gamma, vectors, coef };
    }
    const rho = reader.doubles("rho", [nPairs]);
    const sigmoids = reader.doubles("sigmoids", [nPairs, 2]);
    model.#fitted = { nClasses, nFeatures, classes, rho, sigmoids, machine };
    return model;
  }

  /** Does nothing: the machine lives on the JavaScript heap. */
  dispose(): void {}

  #need(): Fitted {
    if (this.#fitted === undefined) throw new NotFittedError(this.name);
    return this.#fitted;
  }

  /** Row-major decision values [n, pairs]; positive speaks for the first class of the pair. */
  #decisions(x: Matrix): Float64Array {
    const known = this.#known.get(x);
    if (known) return known;
    const decisions = this.#decide(x);
    this.#known.set(x, decisions);
    return decisions;
  }

  #decide(x: Matrix): Float64Array {
    const { nFeatures, rho, machine } = this.#need();
    checkFeatures(x, nFeatures, this.name);
    const offsets = rho.map((value) => -value);
    if (machine instanceof Float64Array) return linearScores(x, machine, offsets);
    const { gamma, vectors, coef } = machine;
    const nPairs = rho.length, nVectors = coef.length / nPairs;
    const out = new Float64Array(x.rows * nPairs);
    // Some rows and some support vectors at a time: the kernel of all would be as large as that of the fit.
    const rows = new Float64Array(ROWS * x.cols), values = new Float64Array(ROWS * BLOCK);
    const room = new Float64Array(Math.min(BLOCK, nVectors) * x.cols);
    for (let first = 0; first < nVectors; first += BLOCK) {
      const last = Math.min(first + BLOCK, nVectors);
      const supports = room.subarray(0, (last - first) * x.cols);
      supports.set(vectors.subarray(first * x.cols, last * x.cols));
      const weights = new Float64Array((last - first) * nPairs);
      for (let pair = 0; pair < nPairs; pair++) {
        const from = pair * nVectors;
        weights.set(coef.subarray(from + first, from + last), pair * (last - first));
      }
      for (let from = 0; from < x.rows; from += ROWS) {
        const n = Math.min(ROWS, x.rows - from);
        rows.set(x.data.subarray(from * x.cols, (from + n) * x.cols));
        const some = rows.subarray(0, n * x.cols);
        const place = values.subarray(0, n * (last - first));
        const kernel = rbfKernel(some, supports, x.cols, gamma, place);
        crossProducts(kernel, weights, last - first)
          .forEach((value, at) => out[from * nPairs + at] += value);
      }
    }
    for (let k = 0; k < out.length; k++) out[k] += offsets[k % offsets.length];
    return out;
  }
}
