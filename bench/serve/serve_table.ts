import { fitTable } from "../../src/terminal/fit_table.ts";
import { wrapText } from "../../src/terminal/wrap_text.ts";
import { CLIENTS, type ServeBenchRow } from "./serve.ts";

/** The rows of `deno task bench serve` as text for a terminal. */
export function serveTable(rows: readonly ServeBenchRow[], width = Infinity): string {
  const lines = [
    `deno task serve with one worker, ${CLIENTS} clients on loopback; windows of 4 s of a clip`,
    loadTable(rows, width),
    ...rows.map(summary),
  ];
  return wrapText(lines.join("\n"), width);
}

function loadTable(rows: readonly ServeBenchRow[], width: number): string {
  const columns = [
    ...["model", "sent"].map((title) => ({ title })),
    ...["predictions a second", "p50, ms", "p99, ms", "n"].map((title) => (
      { title, align: "right" as const }
    )),
  ];
  const cells = rows.flatMap(({ modalities, loads }) =>
    loads.map(({ name, perSecond, p50, p99, n }) => [
      modalities.join(" + "),
      name,
      perSecond.toPrecision(3),
      p50.toFixed(0),
      p99.toFixed(0),
      String(n),
    ])
  );
  return fitTable({ columns, rows: cells }, width);
}

function summary(row: ServeBenchRow): string {
  const { modalities, bundleMb, burst, coldStarts, memory, stream } = row;
  const [first, half, all] = memory.residentMb.map((mb) => mb.toFixed(0));
  const perSecond = stream.recording / stream.seconds;
  const frames = stream.frames === 0
    ? ""
    : `, ${(stream.frames / stream.seconds).toFixed(1)} frames a second`;
  return [
    `${modalities.join(" + ")} (bundle of ${bundleMb.toFixed(2)} MB):`,
    `  ${burst.clients} clients at once: ${burst.predicted} predicted, ${burst.refused} told when to ` +
    "come again, none lost",
    `  cold start to first prediction: ${
      coldStarts.map(({ runtime, ms }) =>
        `${runtime} ${ms === undefined ? "cannot be had here" : `${ms.toFixed(0)} ms`}`
      ).join(", ")
    }`,
    `  memory: ${first} MB after ${
      Math.min(100, memory.predictions)
    } predictions, ${half} MB after ` +
    `${Math.ceil(memory.predictions / 2)}, ${all} MB after ${memory.predictions}`,
    `  streaming ${stream.recording} s on one core: ${
      perSecond.toFixed(1)
    } times real time${frames} ` +
    `(${stream.predictions} predictions)`,
  ].join("\n");
}
