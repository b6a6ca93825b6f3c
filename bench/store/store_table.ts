import { fitTable } from "../../src/terminal/fit_table.ts";
import { wrapText } from "../../src/terminal/wrap_text.ts";
import type { OperationCost, StoreBenchRow } from "./store.ts";

/** The rows as text for a terminal. */
export function storeTable(rows: readonly StoreBenchRow[], width = Infinity): string {
  const titles = ["entries", "open", "found", "missing", "read", "added", "memory, MB"];
  const columns = titles.map((title) => ({ title, align: "right" as const }));
  const cells = rows.map((row) => [
    String(row.entries),
    ...[row.open, row.found, row.missing, row.read, row.added].map(cost),
    row.memoryMb.toFixed(0),
  ]);
  const what = "A feature store in a folder: medians in ms, and processor time in brackets; " +
    "an entry that was added is on the disk";
  return wrapText(`${what}\n${fitTable({ columns, rows: cells }, width)}`, width);
}

function cost({ ms, processorMs }: OperationCost): string {
  return `${ms.toFixed(2)} (${processorMs.toFixed(2)})`;
}
