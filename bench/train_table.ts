import Table from "cli-table3";
import type { TrainBenchRow } from "./train.ts";

/** The rows of `deno task bench train` as text for a terminal. */
export function trainTable(rows: readonly TrainBenchRow[]): string {
  const table = new Table({
    head: ["network", "trained by", "ms a row", "takes", "loss after an epoch"],
    style: { head: [], border: [], compact: true },
    colAligns: ["left", "left", "right", "right", "right"],
  });
  for (const { network, name, ms, ratio, loss } of rows) {
    const takes = `${ratio.toFixed(2)} times as long`;
    table.push([network, name, ms.toFixed(2), name === "Emofuse" ? "" : takes, loss.toFixed(5)]);
  }
  return [
    "Training, eight rows a step, Adam, one thread unless it says otherwise; medians",
    table.toString(),
    "tfjs's own WASM kernels: with the gradient of filters that they lack as that of a 3-D convolution.",
    "cnn1d, cnn2d: the networks of these names, without dropout and SpecAugment.",
  ].join("\n");
}
