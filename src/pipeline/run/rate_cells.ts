import { clusterBootstrap } from "../../evaluate/cluster_bootstrap.ts";
import { COUNT_STATISTICS } from "../../evaluate/count_statistics.ts";
import { accuracy } from "../../evaluate/accuracy.ts";
import { uar } from "../../evaluate/uar.ts";
import type { Cell, Split } from "../../split/protocol.ts";
import type { FoldJob, FoldRow, UnfittedRow } from "../fold/fold.ts";
import { isFitted, truthOf } from "./pool_rows.ts";
import { rowNameOf } from "./row_name.ts";
import type { RowName } from "./results.ts";

/** How well one model of the table does on one corpus after learning from another. */
export interface CellScores extends Cell {
  /** Samples tested. */
  readonly n: number;
  /** Distinct speakers among them. */
  readonly speakers: number;
  /** Share of right predictions. */
  readonly accuracy: number;
  /** Mean recall over the classes. */
  readonly uar: number;
  /** 95 % interval of the UAR by a bootstrap over the tested speakers; null where there is only one. */
  readonly uarCi95: readonly [low: number, high: number] | null;
}

/** The cells of one row of the table. */
export interface RowCells extends RowName {
  /** One entry a cell, in the order of the splits. */
  readonly cells: readonly CellScores[];
}

/** Each corpus on each: what `results.json` says of it. */
export interface CorpusMatrix {
  /** Names of the corpora, in the order of the data. */
  readonly corpora: readonly string[];
  /** The table's rows, but for those that a fold could not fit. */
  readonly rows: readonly RowCells[];
}

/**
 * The matrix of a run across corpora; undefined where splits have no cells.
 *
 * @param splits The splits of the run.
 * @param jobs What each fold was given, in the order of `splits`.
 * @param folds The rows of each fold, all in the same order.
 * @param speakers Speaker of each sample of the run.
 * @param seed Seed of the bootstrap.
 */
export function rateCells(
  splits: readonly Split[],
  jobs: readonly FoldJob[],
  folds: readonly (readonly (FoldRow | UnfittedRow)[])[],
  speakers: readonly string[],
  seed: number,
): CorpusMatrix | undefined {
  const cells = Map.groupBy(
    splits.flatMap(({ cell }, at) => cell ? [{ cell, at }] : []),
    ({ cell: { train, test } }) => `${train} on ${test}`,
  );
  if (cells.size === 0) return undefined;
  const { nClasses } = jobs[0];
  const scored = folds[0].flatMap((first, r): RowCells[] => {
    const parts = folds.map((rows) => rows[r]);
    if (!parts.every(isFitted)) return [];
    const ofRow = [...cells.values()].map((some): CellScores => {
      const truth = truthOf(some.map(({ at }) => jobs[at]), "test");
      const predicted = Int32Array.from(some.flatMap(({ at }) => Array.from(parts[at].test)));
      const people = some.flatMap(({ at }) => Array.from(splits[at].test, (k) => speakers[k]));
      return {
        ...some[0].cell,
        n: truth.length,
        speakers: new Set(people).size,
        accuracy: accuracy(truth, predicted),
        uar: uar(truth, predicted, nClasses),
        uarCi95: clusterBootstrap(truth, predicted, nClasses, people, COUNT_STATISTICS.uar, {
          seed,
        }),
      };
    });
    return [{ ...rowNameOf(first), cells: ofRow }];
  });
  const corpora = new Set(splits.flatMap(({ cell }) => cell ? [cell.test] : []));
  return { corpora: [...corpora], rows: scored };
}
