import { fitTable } from "../../src/terminal/fit_table.ts";
import { wrapText } from "../../src/terminal/wrap_text.ts";
import type { WhisperBenchRow } from "./whisper.ts";

/** The rows of `deno task bench whisper` as text for a terminal. */
export function whisperTable(rows: readonly WhisperBenchRow[], width = Infinity): string {
  const columns = [
    { title: "Whisper's encoder by" },
    ...["seconds of sound", "ms", "Emofuse takes", "difference"].map((title) => (
      { title, align: "right" as const }
    )),
  ];
  const cells = rows.map(({ name, seconds, ms, ratio, difference }) => [
    name,
    String(seconds),
    ms.toFixed(1),
    `${ratio.toFixed(2)} of it`,
    difference.toExponential(1),
  ]);
  const lines = [
    "Whisper's encoder on a spectrogram as long as the sound, one thread each; medians",
    fitTable({ columns, rows: cells }, width),
    "difference: the largest from Emofuse's last layer, relative to its largest number.",
  ];
  return wrapText(lines.join("\n"), width);
}
