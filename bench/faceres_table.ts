import Table from "cli-table3";
import type { FaceresBenchRow } from "./faceres.ts";

/** The rows of `deno task bench faceres` as text for a terminal. */
export function faceresTable(rows: readonly FaceresBenchRow[]): string {
  const table = new Table({
    head: ["frames a pass", "graph, ms a frame", "Emofuse, ms a frame", "ratio", "difference"],
    style: { head: [], border: [], compact: true },
    colAligns: ["right", "right", "right", "right", "right"],
  });
  for (const { batch, graphMs, emofuseMs, ratio, difference } of rows) {
    table.push([
      String(batch),
      graphMs.toFixed(1),
      emofuseMs.toFixed(1),
      ratio.toFixed(3),
      difference.toExponential(1),
    ]);
  }
  return [
    "faceres on frames of 128 x 227, one thread each; medians",
    table.toString(),
    "graph: Human's graph model on tfjs's own WASM kernels; ratio: Emofuse's time by the graph's.",
    "difference: the largest of the features, relative to the largest feature.",
  ].join("\n");
}
