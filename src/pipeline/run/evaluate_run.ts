import type { Split } from "../../split/protocol.ts";
import { findLeaks, type FoundLeak } from "../../evaluate/find_leaks.ts";
import { refuseLeaks } from "../../evaluate/refuse_leaks.ts";
import { pooledTest } from "./describe_run.ts";
import { evaluateFolds } from "../fold/evaluate_folds.ts";
import type { FoldJob } from "../fold/fold.ts";
import type { FoldResult } from "../fold/fold_result.ts";
import { makeJobs } from "../fold/make_jobs.ts";
import { type PooledRows, poolRows, truthOf } from "./pool_rows.ts";
import type { PreparedRun } from "./prepare_run.ts";
import { firstCopy } from "../samples/same_content.ts";
import type { MissingModality } from "./missing/missing_modality.ts";
import { rateMissing } from "./missing/rate_missing.ts";
import type { RunHooks } from "./run_hooks.ts";
import type { CorpusMatrix } from "./corpus_matrix.ts";
import { rateCells } from "./rate_cells.ts";
import { splitSamples } from "../samples/split_samples.ts";
import type { StageClock } from "./stage_clock.ts";

/** What fitting and testing every model gave. */
export interface EvaluatedRun extends PooledRows {
  /** How the protocol split the samples. */
  readonly splits: readonly Split[];
  /** What each fold was given, in the order of `splits`. */
  readonly jobs: readonly FoldJob[];
  /** What each fold gave, in the same order. */
  readonly folds: readonly FoldResult[];
  /** Each corpus on each, where the splits are of several. */
  readonly matrix: CorpusMatrix | undefined;
  /** What fused rows lose where a modality is missing; often nothing. */
  readonly missing: readonly MissingModality[];
  /** The leaks that were found. */
  readonly leaks: readonly FoundLeak[];
}

/** What the evaluation works with. */
export interface EvaluateOptions extends Pick<RunHooks, "onModels"> {
  /** Folder for the fitted models. */
  readonly modelsDir: string;
  /** Measures how long fitting and testing take. */
  readonly clock: StageClock;
}

/**
 * Splits the samples by the protocol, fits and tests every model in every fold, looks for leaks in what
 * was really fitted, and pools the folds into rows.
 *
 * @throws {ProtocolError} If the protocol cannot split the samples that are left.
 * @throws {LeakError} If something leaks that the protocol promises to keep apart.
 */
export async function evaluateRun(
  prepared: PreparedRun,
  { modelsDir, clock, onModels }: EvaluateOptions,
): Promise<EvaluatedRun> {
  const divided = divideRun(prepared, modelsDir);
  const folds = await evaluateFolds(divided.jobs, prepared.places.workers, onModels);
  clock.end("fitting and testing");
  return judgeFolds(prepared, divided, folds);
}

/** The folds of a run before anything is fitted. */
export type DividedRun = Pick<EvaluatedRun, "splits" | "jobs">;

/**
 * Splits the samples by the protocol.
 *
 * @param modelsDir Folder for the fitted models.
 *
 * @throws {ProtocolError} If the protocol cannot split the samples that are left.
 */
export function divideRun(prepared: PreparedRun, modelsDir: string): DividedRun {
  const { config, protocol, found, samples, takes, classes, plans } = prepared;
  const splits = splitSamples(
    config,
    protocol,
    samples.map(({ sample }) => sample),
    classes,
    found.corpus,
    takes,
  );
  return { splits, jobs: makeJobs(prepared, { splits, plans, modelsDir }) };
}

/**
 * Looks for leaks in what folds really fitted, here or elsewhere, and pools the folds into rows.
 *
 * @param folds What each fold gave, in their order.
 *
 * @throws {LeakError} If something leaks that the protocol promises to keep apart.
 */
export function judgeFolds(
  prepared: PreparedRun,
  { splits, jobs }: DividedRun,
  folds: readonly FoldResult[],
): EvaluatedRun {
  const { config, protocol, samples, takes, classes } = prepared;
  const leaks = leaksOf(prepared, splits, folds);
  refuseLeaks(protocol, leaks, firstCopy(prepared.notes.warnings));
  const rows = folds.map(({ rows }) => rows);
  const inTable = <T>(list: readonly T[]) => list.filter((_, i) => !splits[i].aside);
  const test = pooledTest(inTable(splits), samples, takes);
  const pooled = poolRows(
    inTable(jobs),
    inTable(rows),
    test,
    config.seed,
    (row) => leaks.filter(({ affects }) => affects(row)).map(({ id }) => id),
  );
  const speakers = samples.map(({ sample }) => sample.speaker);
  const matrix = rateCells(splits, jobs, rows, speakers, config.seed);
  const missing = rateMissing(pooled.predictions, {
    truth: truthOf(inTable(jobs), "test"),
    nClasses: classes.length,
    clusters: test.clusters,
    seed: config.seed,
  });
  return { splits, jobs, folds, leaks, matrix, missing, ...pooled };
}

function leaksOf(
  { config, protocol, found, samples, takes }: PreparedRun,
  splits: readonly Split[],
  folds: readonly FoldResult[],
): FoundLeak[] {
  return findLeaks(
    protocol,
    splits,
    samples.map(({ sample: { speaker, label }, silent }, i) => ({
      speaker,
      label,
      silent,
      take: takes[i],
    })),
    config.modality,
    folds.flatMap(({ fits }) => fits),
    found.corpus.words,
  );
}
