import { fitTable } from "../src/terminal/fit_table.ts";
import { wrapText } from "../src/terminal/wrap_text.ts";
import type { VggBenchRow } from "./vgg.ts";

/** The rows of `deno task bench vgg` as text for a terminal. */
export function vggTable(rows: readonly VggBenchRow[], width = Infinity): string {
  const columns = [
    { title: "VGG16 by" },
    ...["frames a pass", "ms a frame", "GFLOP/s", "Emofuse takes", "difference"].map((title) => (
      { title, align: "right" as const }
    )),
  ];
  const cells = rows.map(({ name, batch, ms, gflops, ratio, difference }) => [
    name,
    String(batch),
    ms.toFixed(1),
    gflops.toFixed(1),
    `${ratio.toFixed(3)} of it`,
    difference.toExponential(1),
  ]);
  const lines = [
    "VGG16's convolutions and poolings on frames of 128 x 227, one thread each; medians",
    fitTable({ columns, rows: cells }, width),
    "GFLOP/s: operations of the direct convolution by the time, however they are computed.",
    "difference: the largest from tfjs's own kernels, relative to the largest feature.",
  ];
  return wrapText(lines.join("\n"), width);
}
