import { accuracy } from "../../evaluate/accuracy.ts";
import type { BaselineFold } from "../../evaluate/baseline_row.ts";
import { chanceBaseline } from "../../evaluate/chance_baseline.ts";
import { compareRows } from "../../evaluate/compare_rows.ts";
import { majorityBaseline } from "../../evaluate/majority_baseline.ts";
import { summariseRow } from "../../evaluate/summarise_row.ts";
import { MODALITIES, type Seen } from "../../modality.ts";
import { Matrix } from "../../numeric/matrix.ts";
import type { FoldJob, FoldRow, UnfittedRow } from "../fold/fold.ts";
import { rowNameOf } from "./row_name.ts";
import type { BaselineName, Predictions, ResultRow, RowName, UnfittedResult } from "./results.ts";

/** Digits of the probabilities that are written: single precision holds no more. */
const DIGITS = 6;
const ORDER: readonly Seen[] = [...MODALITIES, "fused"];

/** What the test samples of all folds, one after the other, have in common. */
export interface PooledTest {
  /** Number of the sample that each prediction is about. */
  readonly samples: Int32Array;
  /** What the bootstrap draws: the speaker of each, or its take where there is one speaker. */
  readonly clusters: readonly string[];
}

/** A row before it is compared: its name, its metrics and its predictions. */
interface PooledRow {
  readonly row: ResultRow;
  readonly predicted: Int32Array;
  readonly probabilities: Float32Array;
}

/** What the folds' rows come down to. */
export interface PooledRows {
  /** One row a model and normalisation, over all folds together. */
  readonly rows: ResultRow[];
  /** What each says of every test sample, in the same order. */
  readonly predictions: Predictions["rows"];
  /** The rows that a fold could not fit a model for. */
  readonly unfitted: UnfittedResult[];
}

/**
 * Pools the folds' predictions into one row a model, in the table's order: the baselines, audio, video,
 * fused; and compares all of them with the best. A row whose model one fold could not fit is none of
 * them: over the other folds alone it could not be compared.
 *
 * @param jobs The folds.
 * @param folds The rows of each fold, all in the same order.
 * @param test The test samples of all folds.
 * @param seed Seed of the bootstrap.
 * @param leaksOf Names the leaks that touch a row.
 */
export function poolRows(
  jobs: readonly FoldJob[],
  folds: readonly (readonly (FoldRow | UnfittedRow)[])[],
  test: PooledTest,
  seed: number,
  leaksOf: (row: RowName) => string[],
): PooledRows {
  const truth = { train: truthOf(jobs, "train"), test: truthOf(jobs, "test") };
  const { nClasses } = jobs[0];
  const options = { seed, samples: Array.from(test.samples, String) };
  // toSorted() is stable: within a modality the rows keep the order they were made in.
  const order = Array.from(folds[0].keys()).toSorted((a, b) =>
    ORDER.indexOf(folds[0][a].modality) - ORDER.indexOf(folds[0][b].modality)
  );
  const pooled = baselines(jobs, test, options);
  const unfitted: UnfittedResult[] = [];
  for (const r of order) {
    const name = rowNameOf(folds[0][r]);
    const parts = folds.map((rows) => rows[r]);
    if (!parts.every(isFitted)) {
      unfitted.push({ ...name, reason: whyUnfitted(parts, jobs) });
      continue;
    }
    const train = concat(parts.map((part) => part.train));
    const predicted = concat(parts.map((part) => part.test));
    const probabilities = Float32Array.from(parts.flatMap((part) => Array.from(part.testProba)));
    pooled.push({
      predicted,
      probabilities,
      row: {
        ...name,
        train: { n: train.length, accuracy: accuracy(truth.train, train) },
        test: summariseRow(
          truth.test,
          predicted,
          probabilities,
          nClasses,
          test.clusters,
          options,
        ),
        leaks: leaksOf(name),
        warnings: parts.flatMap(({ warning }, fold) =>
          warning ? [`${jobs[fold].name}: ${warning}`] : []
        ),
      },
    });
  }
  const comparisons = compareRows(
    truth.test,
    pooled.map(({ row: { model }, predicted }) =>
      model === "chance" ? undefined : { predicted, baseline: model === "majority" }
    ),
    nClasses,
    test.clusters,
    options,
  );
  return {
    rows: pooled.map(({ row }, i) => {
      const comparison = comparisons[i];
      return comparison === undefined ? row : { ...row, comparison };
    }),
    predictions: pooled.map(({ row, predicted, probabilities }) => {
      return {
        ...rowNameOf(row),
        predicted: Array.from(predicted),
        probabilities: digits(new Matrix(predicted.length, nClasses, probabilities)),
      };
    }),
    unfitted,
  };
}

/** Whether a fold could fit the row's model. */
export function isFitted(row: FoldRow | UnfittedRow): row is FoldRow {
  return !("unfitted" in row);
}

/** Why a row is missing: the first fold that says so, and how many others do. */
function whyUnfitted(parts: readonly (FoldRow | UnfittedRow)[], jobs: readonly FoldJob[]): string {
  const reasons = parts.flatMap((part, fold) =>
    isFitted(part) ? [] : [`${jobs[fold].name}: ${part.unfitted}`]
  );
  const others = reasons.length - 1;
  return `${reasons[0]}${others > 0 ? ` (and in ${others} more of ${parts.length} folds)` : ""}`;
}

/** The rows that know nothing of a test sample. */
function baselines(
  jobs: readonly FoldJob[],
  { clusters }: PooledTest,
  options: { seed: number; samples: string[] },
): PooledRow[] {
  const folds: BaselineFold[] = jobs.map(({ train, test, labels }) => ({
    train: train.map((i) => labels[i]),
    test: test.map((i) => labels[i]),
  }));
  const { nClasses } = jobs[0];
  const name = {
    modality: "fused",
    recipe: "",
    features: "",
    normalisation: "none",
    fusion: "none",
  } as const;
  const made: [BaselineName, typeof chanceBaseline][] = [
    ["chance", chanceBaseline],
    ["majority", majorityBaseline],
  ];
  return made.map(([model, make]) => {
    const { train, test, predicted, probabilities } = make(folds, nClasses, clusters, options);
    return {
      predicted,
      probabilities,
      row: { ...name, model, train, test, leaks: [], warnings: [] },
    };
  });
}

function digits(matrix: Matrix): number[][] {
  return Array.from(
    { length: matrix.rows },
    (_, i) => Array.from(matrix.row(i), (p) => Number(p.toPrecision(DIGITS))),
  );
}

/** Class index of every sample of one side, fold after fold. */
export function truthOf(jobs: readonly FoldJob[], side: "train" | "test"): Int32Array {
  return concat(jobs.map((job) => job[side].map((sample) => job.labels[sample])));
}

function concat(parts: readonly Int32Array[]): Int32Array {
  const out = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (out.set(part, at), at + part.length), 0);
  return out;
}
