import type { ResultRow, Results } from "../pipeline/run/results.ts";
import { isBaseline, rowKey } from "./row_label.ts";

/** A row of several runs: the same model on the same features. */
export interface MatchedRow {
  /** The row in each run, in the order of the runs; undefined where a run lacks it. */
  readonly rows: readonly (ResultRow | undefined)[];
  /** The row of the first run that has it. */
  readonly name: ResultRow;
}

/**
 * Rows of several runs matched by modality, recipe, features, model, fusion and normalisation; baselines
 * are left out. The order is that of the first run, then what only later runs have.
 */
export function matchRows(runs: readonly Pick<Results, "rows">[]): MatchedRow[] {
  const matched = new Map<string, (ResultRow | undefined)[]>();
  runs.forEach(({ rows }, run) => {
    for (const row of rows) {
      if (isBaseline(row)) continue;
      const key = rowKey(row);
      const found = matched.get(key) ??
        new Array<ResultRow | undefined>(runs.length).fill(undefined);
      // Rows of one run that are called the same cannot be told apart: the first counts.
      found[run] ??= row;
      matched.set(key, found);
    }
  });
  return Array.from(matched.values(), (rows) => ({ rows, name: rows.find((row) => row)! }));
}
