import Table from "cli-table3";
import type { VggBenchRow } from "./vgg.ts";

/** The rows of `deno task bench vgg` as text for a terminal. */
export function vggTable(rows: readonly VggBenchRow[]): string {
  const table = new Table({
    head: ["VGG16 by", "frames a pass", "ms a frame", "GFLOP/s", "Emofuse takes", "difference"],
    style: { head: [], border: [], compact: true },
    colAligns: ["left", "right", "right", "right", "right", "right"],
  });
  for (const { name, batch, ms, gflops, ratio, difference } of rows) {
    table.push([
      name,
      String(batch),
      ms.toFixed(1),
      gflops.toFixed(1),
      `${ratio.toFixed(3)} of it`,
      difference.toExponential(1),
    ]);
  }
  return [
    "VGG16's convolutions and poolings on frames of 128 x 227, one thread each; medians",
    table.toString(),
    "GFLOP/s: operations of the direct convolution by the time, however they are computed.",
    "difference: the largest from tfjs's own kernels, relative to the largest feature.",
  ].join("\n");
}
