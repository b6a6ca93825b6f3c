import type { CellScores } from "../pipeline/run/corpus_matrix.ts";
import type { Results } from "../pipeline/run/results.ts";
import { fitTable } from "../terminal/fit_table.ts";
import { corpusGrids } from "./corpus_grid.ts";
import { rowTitle } from "./row_label.ts";
import { tenths } from "./percent.ts";

/**
 * Each corpus on each as text for a terminal: a grid a normalisation. Empty for a run that has no matrix.
 *
 * @param width Characters that a line may have.
 */
export function matrixTables(
  results: Pick<Results, "rows" | "matrix">,
  width = Infinity,
): string[] {
  const grids = corpusGrids(results);
  if (grids.length === 0) return [];
  const tables = grids.flatMap(({ row, by, tested, lines }) => {
    const columns = tested.map((name) => ({ title: `on ${name}`, align: "right" as const }));
    const table = {
      columns: [{ title: "trained on" }, ...columns],
      rows: lines.map(({ trained, cells }) => [trained, ...cells.map(cellText)]),
    };
    const how = by && `, normalised by ${by}`;
    return [
      "",
      `${row.features} ${rowTitle(row)}${how}: UAR and its 95 % interval`,
      fitTable(table, width),
    ];
  });
  return [
    ...tables,
    "each grid is of the row that is best in the table above; = a corpus by itself, over folds of its " +
    "speakers; the intervals are by a bootstrap that draws whole speakers of the tested corpus",
  ];
}

function cellText(cell: CellScores | undefined): string {
  if (!cell) return "";
  const { uar, uarCi95 } = cell;
  const interval = uarCi95 ? ` (${uarCi95.map(tenths).join(" - ")})` : "";
  return `${cell.train === cell.test ? "= " : ""}${tenths(uar)} %${interval}`;
}
