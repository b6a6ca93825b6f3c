import type { Matrix } from "../numeric/matrix.ts";
import type { TensorMap } from "../numeric/safetensors.ts";

/** What a fitted model needs to be rebuilt: JSON settings and named tensors. */
export interface ModelState {
  /** Which model wrote the state. */
  readonly model: string;
  /** Settings and small values, JSON only. */
  readonly settings: Record<string, unknown>;
  /** Fitted arrays by name. */
  readonly tensors: TensorMap;
}

/**
 * The one interface of every classifier: fit on rows of features with class indices, then predict.
 * Everything is synchronous and, given the same inputs and seed, gives the same bits.
 */
export interface Classifier {
  /** The model's name in tables and files, by which the registry knows it. */
  readonly name: string;

  /**
   * Learns from `x` [n, features] and `y` [n], class indices from 0 to `nClasses - 1`.
   * A class without a sample is allowed: its probability is then 0 everywhere. `groups` names the
   * speaker or take of each row [n]: a model that divides its training rows (early stopping, grid
   * search) keeps those of a group together; others have no use for it.
   *
   * @throws {RangeError} If the sizes disagree, or fewer than two classes have samples.
   * @throws {FitError} If the model cannot be fitted to samples like these.
   */
  fit(x: Matrix, y: Int32Array, nClasses: number, groups?: readonly string[]): void;

  /** The class index of every row of `x` [n, features]. */
  predict(x: Matrix): Int32Array;

  /** Class probabilities [n, nClasses] of every row of `x` [n, features]; each row sums to 1. */
  predictProba(x: Matrix): Matrix;

  /** What the fitted model needs to be rebuilt. */
  state(): ModelState;

  /** What the reader of the last fit's results should know, if anything. */
  readonly warning?: string;

  /** Frees what the model holds outside the JavaScript heap. */
  dispose(): void;
}
