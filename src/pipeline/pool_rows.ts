import { accuracy } from "../evaluate/accuracy.ts";
import { uar } from "../evaluate/uar.ts";
import { wilsonInterval } from "../evaluate/wilson_interval.ts";
import { Matrix } from "../nn/matrix.ts";
import type { FoldJob, FoldRow } from "./fold.ts";
import type { Predictions, ResultRow, RowName } from "./results.ts";

/** Digits of the probabilities that are written: single precision holds no more. */
const DIGITS = 6;
const ORDER = ["audio", "video", "fused"];

/**
 * Pools the folds' predictions into one row a model, in the table's order: audio, video, fused. Returns
 * the rows and, in the same order, what each says of every test sample.
 *
 * @param jobs The folds.
 * @param folds The rows of each fold, all in the same order.
 * @param leaksOf Names the leaks that touch a row.
 */
export function poolRows(
  jobs: readonly FoldJob[],
  folds: readonly (readonly FoldRow[])[],
  leaksOf: (row: RowName) => string[],
): { rows: ResultRow[]; predictions: Predictions["rows"] } {
  const truth = { train: truthOf(jobs, "train"), test: truthOf(jobs, "test") };
  const { nClasses } = jobs[0];
  // toSorted() is stable: within a modality the rows keep the order they were made in.
  const order = Array.from(folds[0].keys()).toSorted((a, b) =>
    ORDER.indexOf(folds[0][a].modality) - ORDER.indexOf(folds[0][b].modality)
  );
  const rows: ResultRow[] = [];
  const predictions: Predictions["rows"][number][] = [];
  for (const r of order) {
    const { modality, model, fusion } = folds[0][r];
    const train = concat(folds.map((rows) => rows[r].train));
    const test = concat(folds.map((rows) => rows[r].test));
    const share = accuracy(truth.test, test);
    rows.push({
      ...{ modality, model, fusion },
      train: { n: train.length, accuracy: accuracy(truth.train, train) },
      test: {
        n: test.length,
        accuracy: share,
        uar: uar(truth.test, test, nClasses),
        ci95: wilsonInterval(Math.round(share * test.length), test.length),
      },
      leaks: leaksOf({ modality, model, fusion }),
      warnings: folds.flatMap((rows, fold) =>
        rows[r].warning ? [`${jobs[fold].name}: ${rows[r].warning}`] : []
      ),
    });
    predictions.push({
      ...{ modality, model, fusion },
      predicted: Array.from(test),
      probabilities: folds.flatMap((rows) => {
        const { testProba } = rows[r];
        const matrix = new Matrix(testProba.length / nClasses, nClasses, testProba);
        return Array.from(
          { length: matrix.rows },
          (_, i) => Array.from(matrix.row(i), (p) => Number(p.toPrecision(DIGITS))),
        );
      }),
    });
  }
  return { rows, predictions };
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
