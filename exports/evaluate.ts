/**
 * How well something recognises: metrics with intervals, calibration, tests of differences, and
 * accounts of what was learned from.
 *
 * @example
 * ```ts
 * import { uar } from "emofuse/evaluate";
 * import assert from "node:assert/strict";
 *
 * assert.equal(uar(Int32Array.of(0, 0, 1), Int32Array.of(0, 1, 1), 2), 0.75);
 * ```
 *
 * @module
 */

export * from "../src/evaluate/accuracy.ts";
export * from "../src/evaluate/baseline_row.ts";
export * from "../src/evaluate/chance_baseline.ts";
export * from "../src/evaluate/class_counts.ts";
export type { ClassScores } from "../src/evaluate/class_scores.ts";
export * from "../src/evaluate/cluster_bootstrap.ts";
export type { BootstrapOptions } from "../src/evaluate/cluster_resamples.ts";
export * from "../src/evaluate/compare_rows.ts";
export * from "../src/evaluate/confidence/fit_temperature.ts";
export * from "../src/evaluate/confidence/risk_coverage.ts";
export * from "../src/evaluate/confidence/temper.ts";
export * from "../src/evaluate/confusion_matrix.ts";
export * from "../src/evaluate/count_statistics.ts";
export * from "../src/evaluate/expected_calibration_error.ts";
export * from "../src/evaluate/feature_map.ts";
export * from "../src/evaluate/find_fit_leaks.ts";
export * from "../src/evaluate/find_leaks.ts";
export * from "../src/evaluate/fit_ledger.ts";
export type { FitReads, Reads } from "../src/evaluate/fit_reads.ts";
export * from "../src/evaluate/fold_samples.ts";
export * from "../src/evaluate/holm.ts";
export * from "../src/evaluate/is_disclosed.ts";
export * from "../src/evaluate/log_loss.ts";
export * from "../src/evaluate/macro_f1.ts";
export * from "../src/evaluate/majority_baseline.ts";
export * from "../src/evaluate/mcnemar_exact.ts";
export * from "../src/evaluate/paired_bootstrap.ts";
export type { PairedDifference } from "../src/evaluate/paired_difference.ts";
export * from "../src/evaluate/precision_recall.ts";
export * from "../src/evaluate/refuse_leaks.ts";
export * from "../src/evaluate/roc_auc_ovr.ts";
export type { RowMetrics } from "../src/evaluate/row_metrics.ts";
export type { SampleRows, Transformer } from "../src/evaluate/sample_rows.ts";
export * from "../src/evaluate/sample_table.ts";
export * from "../src/evaluate/summarise_row.ts";
export * from "../src/evaluate/training_set.ts";
export * from "../src/evaluate/uar.ts";
export * from "../src/evaluate/wilson_interval.ts";
export type { ProtocolSample } from "../src/split/protocol.ts";
export type { Protocol } from "../src/split/protocol.ts";
export type { LeakId } from "../src/split/leak_id.ts";
export type { RunModality } from "../src/modality.ts";
export type { Split } from "../src/split/protocol.ts";
export type { Matrix } from "../src/numeric/matrix.ts";
export type { CorpusWords } from "../src/corpus/words.ts";
export type { FoldPlan } from "../src/split/fold_plan.ts";
export type { ClipPart } from "../src/corpus/clip.ts";
export type { Modality } from "../src/modality.ts";
export type { Cell } from "../src/split/protocol.ts";
export type { SplitOptions } from "../src/split/protocol.ts";
export type { Noun } from "../src/corpus/words.ts";
export type { RepeatedFolds } from "../src/split/fold_plan.ts";
export type { HoldOut } from "../src/split/fold_plan.ts";
export type { MODALITIES } from "../src/modality.ts";
export type { GivenFolds } from "../src/split/fold_plan.ts";
export type { FoldPreset } from "../src/corpus/corpus.ts";
export type { LeaveOut } from "../src/split/fold_plan.ts";
export type { GivenFold } from "../src/split/fold_plan.ts";
export type { GroupBy } from "../src/corpus/group_values.ts";
