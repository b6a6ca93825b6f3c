import type { RowMetrics } from "./row_metrics.ts";

/** True classes of one fold. */
export interface BaselineFold {
  /** True class indices of the training samples. */
  readonly train: Int32Array;
  /** True class indices of the test samples. */
  readonly test: Int32Array;
}

/** A row of the results that has seen neither face nor voice; test samples are in order, fold after fold. */
export interface BaselineRow {
  /** Class indices said of the test samples [n]. */
  readonly predicted: Int32Array;
  /** Class probabilities of the test samples [n, nClasses], row by row. */
  readonly probabilities: Float32Array;
  /** Predictions of the training samples, pooled over the folds. */
  readonly train: {
    /** Number of predictions. */
    readonly n: number;
    /** Share of them that is right. */
    readonly accuracy: number;
  };
  /** What the row scores on the test samples. */
  readonly test: RowMetrics;
}
