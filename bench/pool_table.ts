import { fitTable } from "../src/terminal/fit_table.ts";
import { wrapText } from "../src/terminal/wrap_text.ts";
import type { PoolBenchRow } from "./pool.ts";

/** The rows as text for a terminal. */
export function poolTable(rows: readonly PoolBenchRow[], width = Infinity): string {
  const columns = [
    { title: "backbone" },
    ...["workers", "frames a second", "of one worker's"].map((title) => (
      { title, align: "right" as const }
    )),
  ];
  const cells = rows.map(({ backbone, workers, framesPerSecond, ratio }) => [
    backbone,
    String(workers),
    framesPerSecond.toFixed(1),
    ratio.toFixed(2),
  ]);
  const what = "Embedding frames of 128 x 227 in worker threads, " +
    `${navigator.hardwareConcurrency} processors; medians`;
  return wrapText(`${what}\n${fitTable({ columns, rows: cells }, width)}`, width);
}
