import Table from "cli-table3";
import type { PoolBenchRow } from "./pool.ts";

/** The rows as text for a terminal. */
export function poolTable(rows: readonly PoolBenchRow[]): string {
  const table = new Table({
    head: ["backbone", "workers", "frames a second", "of one worker's"],
    style: { head: [], border: [], compact: true },
    colAligns: ["left", "right", "right", "right"],
  });
  for (const { backbone, workers, framesPerSecond, ratio } of rows) {
    table.push([backbone, workers, framesPerSecond.toFixed(1), ratio.toFixed(2)]);
  }
  return `Embedding frames of 128 x 227 in worker threads, ${navigator.hardwareConcurrency} processors; medians\n${table}`;
}
