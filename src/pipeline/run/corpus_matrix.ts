import type { Cell } from "../../split/protocol.ts";
import type { RowName } from "./row_name.ts";

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
