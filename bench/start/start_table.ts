import { fitTable } from "../../src/terminal/fit_table.ts";
import { wrapText } from "../../src/terminal/wrap_text.ts";
import { PREDICTIONS } from "./measured_start.ts";
import type { StartBench } from "./start.ts";

/** The rows as text for a terminal. */
export function startTable({ modelMb, asked, rows }: StartBench, width = Infinity): string {
  const titles = [
    ...["files, MB", "compressed, MB", "first, s", "processor, s"],
    ...["each, ms", "processor, ms", "memory, MB", "with files, MB"],
  ];
  const cells = rows.map(({ runtime, size, best }) => [
    runtime,
    ...[size?.files, size?.compressed].map((mb) => mb?.toFixed(1) ?? ""),
    ...[best?.first, best?.processor?.first].map((seconds) => seconds?.toFixed(2) ?? ""),
    ...[best?.each, best?.processor?.each].map((seconds) => inMs(seconds)),
    ...[best?.memory?.own, best?.memory?.all].map((mb) => mb?.toFixed(0) ?? ""),
  ]);
  const columns = [
    { title: "runtime" },
    ...titles.map((title) => ({ title, align: "right" as const })),
  ];
  const what = `A model of ${modelMb.toFixed(1)} MB, from nothing to the first prediction ` +
    `(${asked}), each further one, and memory after ${PREDICTIONS}`;
  return wrapText(`${what}\n${fitTable({ columns, rows: cells }, width)}`, width);
}

function inMs(seconds: number | undefined): string {
  return seconds === undefined ? "" : (1000 * seconds).toFixed(0);
}
