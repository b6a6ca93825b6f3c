import { isDisclosed } from "../evaluate/is_disclosed.ts";
import type { Predictions, ResultRow, Results } from "../pipeline/run/results.ts";
import { isBaseline } from "./row_label.ts";
import { uarInterval } from "./uar_interval.ts";

/** A row of the results with what the page needs of it. */
export interface RowView {
  /** Number of the row in the results, from 0. */
  readonly index: number;
  /** The row as it stands in the results. */
  readonly row: ResultRow;
  /** The measure that the page ranks rows by, 0 to 1. */
  readonly value: number;
  /** 95 % interval of it. */
  readonly interval: readonly [number, number];
  /** Whether it is the `chance` or `majority` row. */
  readonly baseline: boolean;
  /** Whether nothing touches it but what the protocol says of itself. */
  readonly clean: boolean;
}

/** A run as the page shows it. */
export interface RunView {
  /** The content of `results.json`. */
  readonly results: Results;
  /** What rows are ranked by: UAR where its intervals can be believed, else accuracy. */
  readonly measure: "UAR" | "accuracy";
  /** Every row, as in the results. */
  readonly rows: readonly RowView[];
  /** The rows that are no baseline, best first. */
  readonly ranked: readonly RowView[];
  /** What every row says of every test sample. */
  readonly predictions: Predictions;
  /** Names of the classes. */
  readonly emotions: readonly string[];
  /** Letter of each leak, by its identifier. */
  readonly marks: ReadonlyMap<string, string>;
}

/** Joins results and predictions to what the page shows. */
export function viewRun(results: Results, predictions: Predictions): RunView {
  const models = results.rows.filter((row) => !isBaseline(row));
  const measure = models.length > 0 && models.every(({ test }) => uarInterval(test))
    ? "UAR"
    : "accuracy";
  const rows = results.rows.map((row, index): RowView => ({
    index,
    row,
    value: measure === "UAR" ? row.test.uar : row.test.accuracy,
    interval: measure === "UAR" ? row.test.uarCi95 ?? row.test.ci95 : row.test.ci95,
    baseline: isBaseline(row),
    clean: row.leaks.every((id) => isDisclosed(id, results.config.protocol)),
  }));
  return {
    results,
    predictions,
    measure,
    rows,
    ranked: rows.filter(({ baseline }) => !baseline)
      .toSorted((a, b) => b.value - a.value || b.row.test.accuracy - a.row.test.accuracy),
    emotions: predictions.classes,
    marks: new Map(results.leaks.map(({ id }, i) => [id, String.fromCharCode(97 + i)])),
  };
}

/**
 * The best row of those that `keep` lets pass: the best clean one, or the best of all where none is
 * clean. Undefined where none passes.
 */
export function bestRow(
  { ranked }: Pick<RunView, "ranked">,
  keep: (row: ResultRow) => boolean = () => true,
): RowView | undefined {
  const kept = ranked.filter(({ row }) => keep(row));
  return kept.find(({ clean }) => clean) ?? kept[0];
}
