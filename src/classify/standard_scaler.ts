import { Matrix } from "../numeric/matrix.ts";
import type { TensorMap } from "../numeric/safetensors.ts";
import { checkFeatures, NotFittedError } from "./fit_input.ts";
import { type SavedModel, StateReader } from "./model_state.ts";

/** The mean and the divisor of every feature. */
export interface ScalerStatistics {
  /** Means [features]. */
  readonly mean: Float64Array;
  /** Population standard deviations [features]; 1 for a feature that does not vary. */
  readonly scale: Float64Array;
}

/**
 * The mean and the population standard deviation of every feature over some rows, in double precision,
 * as scikit-learn's `StandardScaler` computes them: a deviation that is no more than the rounding
 * errors of the mean counts as none, and none counts as 1.
 *
 * @param x Features [n, features].
 * @param rows Numbers of the rows that count.
 *
 * @throws {RangeError} If there are no rows.
 *
 * @example
 * ```ts
 * import { columnStatistics } from "./standard_scaler.ts";
 * import { Matrix } from "../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const { mean, scale } = columnStatistics(Matrix.fromRows([[1, 7], [3, 7], [99, 0]]), [0, 1]);
 * assert.deepEqual([[...mean], [...scale]], [[2, 7], [1, 1]]);
 * ```
 */
export function columnStatistics(x: Matrix, rows: ArrayLike<number>): ScalerStatistics {
  return rowStatistics(x.cols, (visit) => {
    for (let i = 0; i < rows.length; i++) visit(x.row(rows[i]));
  });
}

/** The statistics of the rows that `forEachRow` visits, always in the same order. */
function rowStatistics(
  cols: number,
  forEachRow: (visit: (row: Float32Array) => void) => void,
): ScalerStatistics {
  let n = 0;
  const mean = new Float64Array(cols);
  const variance = new Float64Array(cols);
  forEachRow((row) => {
    for (let f = 0; f < cols; f++) mean[f] += row[f];
    n++;
  });
  if (n === 0) throw new RangeError("there are no samples to take a mean of");
  for (let f = 0; f < cols; f++) mean[f] /= n;
  forEachRow((row) => {
    for (let f = 0; f < cols; f++) variance[f] += (row[f] - mean[f]) ** 2;
  });
  const scale = variance.map((sum, f) => {
    const value = sum / n;
    const noise = n * Number.EPSILON * value + (n * mean[f] * Number.EPSILON) ** 2;
    return value <= noise ? 1 : Math.sqrt(value);
  });
  return { mean, scale };
}

/** Writes `(from - mean) / scale` to `to`. */
export function scaleRow(
  from: Float32Array,
  { mean, scale }: ScalerStatistics,
  to: Float32Array,
): void {
  for (let f = 0; f < from.length; f++) to[f] = (from[f] - mean[f]) / scale[f];
}

/**
 * Brings every feature to mean 0 and deviation 1 over the samples it was fitted on: scikit-learn's
 * `StandardScaler`. It uses no label.
 *
 * @example
 * ```ts
 * import { StandardScaler } from "./standard_scaler.ts";
 * import { Matrix } from "../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const scaler = new StandardScaler();
 * scaler.fit(Matrix.fromRows([[1, 7], [3, 7]]));
 * assert.deepEqual([...scaler.transform(Matrix.fromRows([[5, 8]])).data], [3, 1]);
 * ```
 */
export class StandardScaler {
  #fitted: ScalerStatistics | undefined;

  /**
   * Learns the statistics of `x` [n, features].
   *
   * @throws {RangeError} If there are no rows.
   */
  fit(x: Matrix): void {
    this.fitParts(x.cols, () => [x]);
  }

  /**
   * Learns the statistics of a matrix that comes in parts, which are asked for twice.
   *
   * @param cols Number of features.
   * @param parts Gives its rows, matrix after matrix [n, features].
   *
   * @throws {RangeError} If there are no rows.
   */
  fitParts(cols: number, parts: () => Iterable<Matrix>): void {
    this.#fitted = rowStatistics(cols, (visit) => {
      for (const part of parts()) {
        for (let r = 0; r < part.rows; r++) visit(part.row(r));
      }
    });
  }

  /**
   * Number of features.
   *
   * @throws {NotFittedError} If the scaler has not been fitted.
   */
  get size(): number {
    return this.#need().mean.length;
  }

  /**
   * A scaled copy of `x` [n, features].
   *
   * @throws {NotFittedError} If the scaler has not been fitted.
   * @throws {RangeError} If the number of features is not that of the training set.
   */
  transform(x: Matrix): Matrix {
    const statistics = this.#need();
    checkFeatures(x, statistics.mean.length, "the scaler");
    const out = new Matrix(x.rows, x.cols);
    for (let r = 0; r < x.rows; r++) scaleRow(x.row(r), statistics, out.row(r));
    return out;
  }

  /**
   * A scaled copy of sequences, `x` [n, frames * channels], frame after frame, by a scaler that was
   * fitted on frames [n, channels].
   *
   * @throws {NotFittedError} If the scaler has not been fitted.
   * @throws {RangeError} If the number of features is not a multiple of the scaler's.
   */
  transformFrames(x: Matrix): Matrix {
    const channels = this.#need().mean.length;
    if (x.cols % channels !== 0) checkFeatures(x, channels, "the scaler");
    const flat = new Matrix(x.rows * x.cols / channels, channels, x.data);
    return new Matrix(x.rows, x.cols, this.transform(flat).data);
  }

  /**
   * What the fitted scaler needs to be rebuilt: `mean` and `scale` [features].
   *
   * @throws {NotFittedError} If the scaler has not been fitted.
   */
  state(): SavedModel {
    const { mean, scale } = this.#need();
    const tensors: TensorMap = {
      mean: { shape: [mean.length], data: mean },
      scale: { shape: [scale.length], data: scale },
    };
    return { model: "standard-scaler", settings: { nFeatures: mean.length }, tensors };
  }

  /**
   * Rebuilds a scaler from its `state`.
   *
   * @throws {ModelStateError} If the state is of another model or incomplete.
   */
  static fromState(state: SavedModel): StandardScaler {
    const reader = new StateReader(state, "standard-scaler");
    const nFeatures = reader.count("nFeatures");
    const scaler = new StandardScaler();
    scaler.#fitted = {
      mean: reader.doubles("mean", [nFeatures]),
      scale: reader.doubles("scale", [nFeatures]),
    };
    return scaler;
  }

  #need(): ScalerStatistics {
    if (this.#fitted === undefined) throw new NotFittedError("the scaler");
    return this.#fitted;
  }
}
