import type { EvaluatedRun } from "./evaluate_run.ts";
import { makeReportData } from "./make_report_data.ts";
import { makePredictions, makeResults } from "./make_results.ts";
import type { PreparedRun } from "./prepare_run.ts";
import { runProvenance } from "./provenance.ts";
import type { ReportData } from "./report_data.ts";
import type { Predictions, Results } from "./results.ts";
import type { RunFolder } from "./run_folder.ts";
import { makeRunLock } from "./run_lock.ts";
import type { StageClock } from "./stage_clock.ts";

/** What a run leaves behind for its readers. */
export interface WrittenRun {
  /** The content of `results.json`. */
  readonly results: Results;
  /** The content of `predictions.json`. */
  readonly predictions: Predictions;
}

/** Where a run is written to, and what knows how long it took. */
export interface WriteOptions {
  /** The run folder, which holds the fitted models already. */
  readonly folder: RunFolder;
  /** Has measured the stages before. */
  readonly clock: StageClock;
  /**
   * What other machines did, and how long that took.
   *
   * @default {nothing}
   */
  readonly shards?: ReportData["shards"];
}

/**
 * Writes the run folder: results, predictions, what the report shows, what repeats the run, and the
 * fitted models at their place.
 */
export async function writeRun(
  prepared: PreparedRun,
  evaluated: EvaluatedRun,
  { folder, clock, shards }: WriteOptions,
): Promise<WrittenRun> {
  const provenance = runProvenance(prepared, evaluated, clock.seconds);
  const results = makeResults(prepared, evaluated, provenance);
  const predictions = makePredictions(prepared, evaluated);
  const lock = makeRunLock(prepared, results, predictions);
  const report = makeReportData(prepared, evaluated, lock);
  clock.end("metrics, comparisons and maps");
  await folder.complete({
    results,
    predictions,
    lock,
    report: { ...report, timings: clock.stages, ...(shards && { shards }) },
  });
  return { results, predictions };
}
