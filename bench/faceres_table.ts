import { fitTable } from "../src/terminal/fit_table.ts";
import { wrapText } from "../src/terminal/wrap_text.ts";
import type { FaceresBenchRow } from "./faceres.ts";

/** The rows of `deno task bench faceres` as text for a terminal. */
export function faceresTable(rows: readonly FaceresBenchRow[], width = Infinity): string {
  const columns = [
    "frames a pass",
    "graph, ms a frame",
    "Emofuse, ms a frame",
    "ratio",
    "difference",
  ]
    .map((title) => ({ title, align: "right" as const }));
  const cells = rows.map(({ batch, graphMs, emofuseMs, ratio, difference }) => [
    String(batch),
    graphMs.toFixed(1),
    emofuseMs.toFixed(1),
    ratio.toFixed(3),
    difference.toExponential(1),
  ]);
  const lines = [
    "faceres on frames of 128 x 227, one thread each; medians",
    fitTable({ columns, rows: cells }, width),
    "graph: Human's graph model on tfjs's own WASM kernels; ratio: Emofuse's time by the graph's.",
    "difference: the largest of the features, relative to the largest feature.",
  ];
  return wrapText(lines.join("\n"), width);
}
