import { fitTable } from "../../src/terminal/fit_table.ts";
import { wrapText } from "../../src/terminal/wrap_text.ts";
import type { Score } from "./score.ts";
import type { SegmentsBench } from "./segments.ts";

/** The rows as text for a terminal. */
export function segmentsTable({ seconds, rows, clipUar }: SegmentsBench, width = Infinity): string {
  const percent = (share: number) => (100 * share).toFixed(1);
  const scores = ({ precision, recall, f1 }: Score) => [precision, recall, f1].map(percent);
  const titles = [
    ...["noise", "found", "frames: precision", "recall", "F1"],
    ...["boundaries: precision", "recall", "F1", "s a minute"],
    ...clipUar === undefined ? [] : ["UAR"],
  ];
  const cells = rows.map(({ finder, snr, found, clips, frames, boundaries, cost, uar }) => [
    finder,
    snr === Infinity ? "none" : `${snr} dB`,
    `${found} of ${clips}`,
    ...scores(frames),
    ...scores(boundaries),
    cost.toFixed(2),
    ...uar === undefined ? [] : [percent(uar)],
  ]);
  const columns = [
    { title: "finder" },
    ...titles.map((title) => ({ title, align: "right" as const })),
  ];
  const what =
    `Speech found in ${(seconds / 60).toFixed(1)} minutes of clips with pauses, music and ` +
    "noises between; boundaries to within half a second, all in percent";
  const clips = clipUar === undefined
    ? ""
    : `\nThe model on the clips themselves, without noise: UAR ${percent(clipUar)}`;
  return wrapText(`${what}\n${fitTable({ columns, rows: cells }, width)}${clips}`, width);
}
