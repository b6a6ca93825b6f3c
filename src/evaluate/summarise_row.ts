import { type BootstrapOptions, ClusterResamples } from "./cluster_resamples.ts";
import { confusionMatrix } from "./confusion_matrix.ts";
import { COUNT_STATISTICS } from "./count_statistics.ts";
import { riskCoverage } from "./confidence/risk_coverage.ts";
import { expectedCalibrationError } from "./expected_calibration_error.ts";
import { logLoss } from "./log_loss.ts";
import { percentileInterval } from "./percentile_interval.ts";
import { classCounts } from "./class_counts.ts";
import { classScores } from "./class_scores.ts";
import { rocAucOvr } from "./roc_auc_ovr.ts";
import type { RowMetrics } from "./row_metrics.ts";
import { wilsonInterval } from "./wilson_interval.ts";

/** Options of {@linkcode summariseRow}. */
export interface SummaryOptions extends BootstrapOptions {
  /**
   * Name of the sample that each prediction is about [n], where folds are repeated: the Wilson interval
   * then counts samples, not predictions. Left out, each prediction is about a sample of its own.
   *
   * @default {undefined}
   */
  samples?: readonly string[];
}

/**
 * Computes all metrics of one row of the results, with intervals.
 *
 * @param truth True class indices of the test samples [n].
 * @param predicted Predicted class indices [n].
 * @param probabilities Class probabilities [n, nClasses], row by row.
 * @param nClasses Number of classes.
 * @param clusters What depends on each other in the bootstrap [n]: the speaker of each sample, or, where
 * there is only one speaker, the take.
 *
 * @throws {RangeError} If lengths or class indices do not fit, there are no samples, or a row of
 * probabilities is not a distribution.
 *
 * @example
 * ```ts
 * import { summariseRow } from "./summarise_row.ts";
 * import assert from "node:assert/strict";
 *
 * const row = summariseRow(
 *   Int32Array.of(0, 1, 0, 1),
 *   Int32Array.of(0, 1, 0, 0),
 *   Float32Array.of(0.75, 0.25, 0.25, 0.75, 1, 0, 0.5, 0.5),
 *   2,
 *   ["ann", "ann", "bob", "bob"],
 * );
 * assert.deepEqual([row.accuracy, row.uar, row.auc], [0.75, 0.75, 1]);
 * assert.deepEqual(row.uarCi95, [0.5, 1]);
 * ```
 */
export function summariseRow(
  truth: Int32Array,
  predicted: Int32Array,
  probabilities: Float32Array | Float64Array,
  nClasses: number,
  clusters: readonly string[],
  options: SummaryOptions = {},
): RowMetrics {
  const { samples, ...bootstrap } = options;
  if (samples !== undefined && samples.length !== truth.length) {
    throw new RangeError(`${samples.length} samples named for ${truth.length} predictions`);
  }
  const resamples = new ClusterResamples(clusters, bootstrap);
  const { accuracy, uar, macroF1 } = COUNT_STATISTICS;
  const [clusteredCi95, uarCi95, macroF1Ci95] = resamples
    .values(truth, predicted, nClasses, [accuracy, uar, macroF1])
    .map((values) => resamples.nClusters === 1 ? null : percentileInterval(values));
  const counts = classCounts(truth, predicted, nClasses);
  const share = accuracy(counts);
  const nSamples = samples === undefined ? truth.length : new Set(samples).size;
  const auc = rocAucOvr(truth, probabilities, nClasses);
  const sure = riskCoverage(
    Array.from(
      truth,
      (_, k) => Math.max(...probabilities.subarray(k * nClasses, (k + 1) * nClasses)),
    ),
    Array.from(truth, (label, k) => label === predicted[k]),
  );
  return {
    n: truth.length,
    nClusters: resamples.nClusters,
    accuracy: share,
    ci95: wilsonInterval(Math.round(share * nSamples), nSamples),
    clusteredCi95,
    uar: uar(counts),
    uarCi95,
    macroF1: macroF1(counts),
    macroF1Ci95,
    logLoss: logLoss(truth, probabilities, nClasses),
    ece: expectedCalibrationError(truth, probabilities, nClasses),
    aurc: sure.area,
    surestHalf: sure.surestHalf,
    auc: auc.macro,
    aucLeftOut: auc.leftOut,
    perClass: classScores(counts)
      .map((scores, c) => ({ ...scores, auc: auc.perClass[c] })),
    confusion: confusionMatrix(truth, predicted, nClasses),
  };
}
