import { NORMALISATIONS } from "../pipeline/fold/normalisation.ts";
import type { CellScores, RowCells } from "../pipeline/run/rate_cells.ts";
import type { Results } from "../pipeline/run/results.ts";
import { OTHERS } from "../split/protocol.ts";
import { rowKey } from "./row_label.ts";

/** The matrix of one row of the table, as a grid. */
export interface CorpusGrid {
  /** Whose it is. */
  readonly row: RowCells;
  /** What features were normalised by, as in "training set". */
  readonly by: string;
  /** What was tested, a column each. */
  readonly tested: readonly string[];
  /** What was learned from, and the cell of each column; undefined where there is none. */
  readonly lines: readonly {
    /** A corpus, or {@linkcode OTHERS}. */
    readonly trained: string;
    /** One a column. */
    readonly cells: readonly (CellScores | undefined)[];
  }[];
}

/**
 * A grid for each normalisation: that of the row whose UAR in the table is the highest, on corpora that its models
 * never met. Nothing for a run that has no matrix.
 */
export function corpusGrids({ rows, matrix }: Pick<Results, "rows" | "matrix">): CorpusGrid[] {
  if (!matrix) return [];
  const uarOf = new Map(rows.map((row) => [rowKey(row), row.test.uar]));
  const groups = Map.groupBy(matrix.rows, ({ normalisation }) => normalisation);
  return Array.from(groups, ([normalisation, some]) => {
    const [best] = some.toSorted((a, b) => uarOf.get(rowKey(b))! - uarOf.get(rowKey(a))!);
    const tested = matrix.corpora;
    const trained = best.cells.some(({ train }) => train === OTHERS) ? [...tested, OTHERS] : tested;
    const lines = trained.map((train) => ({
      trained: train,
      cells: tested.map((test) =>
        best.cells.find((cell) => cell.train === train && cell.test === test)
      ),
    }));
    return { row: best, by: NORMALISATIONS[normalisation].by, tested, lines };
  });
}
