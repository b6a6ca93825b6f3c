import { fitTable } from "../src/terminal/fit_table.ts";
import { wrapText } from "../src/terminal/wrap_text.ts";
import type { DspBenchRow } from "./dsp.ts";

/** The rows of `deno task bench dsp` as text for a terminal, with what the definitions differ in below. */
export function dspTable(rows: readonly DspBenchRow[], width = Infinity): string {
  const notes = rows.filter(({ differs }) => differs !== "");
  const cells = rows.map((row) => {
    const mark = row.differs === "" ? "" : ` [${notes.indexOf(row) + 1}]`;
    return [
      row.name,
      row.ms.toFixed(3),
      row.emofuseMs.toFixed(3),
      `${row.ratio.toFixed(1)} times`,
      `${row.difference.toExponential(1)} (allowed: ${row.tolerance.toExponential(0)})${mark}`,
    ];
  });
  const columns = [
    { title: "MFCC of a 4-s clip by" },
    { title: "ms", align: "right" },
    { title: "Emofuse, ms", align: "right" },
    { title: "Emofuse is faster", align: "right" },
    { title: "largest difference" },
  ] as const;
  const lines = [
    "40 coefficients, 8 kHz, 2048-point frames every 512 samples, 128 mel filters, one thread; medians",
    fitTable({ columns, rows: cells }, width),
    ...notes.map(({ name, differs }, i) => `[${i + 1}] ${name}: ${differs}`),
  ];
  return wrapText(lines.join("\n"), width);
}
