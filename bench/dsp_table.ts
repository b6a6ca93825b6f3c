import Table from "cli-table3";
import type { DspBenchRow } from "./dsp.ts";

/** The rows of `deno task bench dsp` as text for a terminal, with what the definitions differ in below. */
export function dspTable(rows: readonly DspBenchRow[]): string {
  const table = new Table({
    head: ["MFCC of a 4-s clip by", "ms", "Emofuse, ms", "Emofuse is faster", "largest difference"],
    style: { head: [], border: [], compact: true },
    colAligns: ["left", "right", "right", "right", "left"],
  });
  const notes = rows.filter(({ differs }) => differs !== "");
  for (const row of rows) {
    const mark = row.differs === "" ? "" : ` [${notes.indexOf(row) + 1}]`;
    table.push([
      row.name,
      row.ms.toFixed(3),
      row.emofuseMs.toFixed(3),
      `${row.ratio.toFixed(1)} times`,
      `${row.difference.toExponential(1)} (allowed: ${row.tolerance.toExponential(0)})${mark}`,
    ]);
  }
  return [
    "40 coefficients, 8 kHz, 2048-point frames every 512 samples, 128 mel filters, one thread; medians",
    table.toString(),
    ...notes.map(({ name, differs }, i) => `[${i + 1}] ${name}: ${differs}`),
  ].join("\n");
}
