import { fitTable } from "../../src/terminal/fit_table.ts";
import { wrapText } from "../../src/terminal/wrap_text.ts";
import type { TrainBenchRow } from "./train.ts";

/** The rows of `deno task bench train` as text for a terminal. */
export function trainTable(rows: readonly TrainBenchRow[], width = Infinity): string {
  const columns = [
    ...["network", "trained by"].map((title) => ({ title })),
    ...["ms a row", "takes", "loss after an epoch"].map((title) => (
      { title, align: "right" as const }
    )),
  ];
  const cells = rows.map(({ network, name, ms, ratio, loss }) => {
    const takes = name === "Emofuse" ? "" : `${ratio.toFixed(2)} times as long`;
    return [network, name, ms.toFixed(2), takes, loss.toFixed(5)];
  });
  const lines = [
    "Training, eight rows a step, Adam, one thread unless it says otherwise; medians",
    fitTable({ columns, rows: cells }, width),
    "tfjs's own WASM kernels: with the gradient of filters that they lack as that of a 3-D convolution.",
    "cnn1d, cnn2d: the networks of these names, without dropout and SpecAugment.",
  ];
  return wrapText(lines.join("\n"), width);
}
