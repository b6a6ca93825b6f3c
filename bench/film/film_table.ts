import { fitTable } from "../../src/terminal/fit_table.ts";
import { wrapText } from "../../src/terminal/wrap_text.ts";
import type { FilmBench, FilmCost } from "./film.ts";

/** What was found, as text for a terminal. */
export function filmTable(bench: FilmBench, width = Infinity): string {
  const { costs: [long], clips, found, strange, boundaries, faces } = bench;
  const { precision, recall, f1 } = boundaries;
  const lines = [
    `A film of ${(long.seconds / 60).toFixed(1)} minutes, ${long.mb.toFixed(0)} MB, of ${clips} ` +
    `clips: ${found} segments, ${strange} of them of no clip; boundaries to within half a second: ` +
    `precision ${percent(precision)}, recall ${percent(recall)}, F1 ${
      percent(f1)
    }. A face was used ` +
    `in ${faces.with.used} of ${faces.with.segments} segments of clips with one, in ` +
    `${faces.without.used} of ${faces.without.segments} of clips without.`,
    uarTable(bench, width),
    costTable(bench, width),
    twoFacesText(bench),
  ];
  return lines.map((text) => wrapText(text, width)).join("\n");
}

function uarTable({ uars }: FilmBench, width: number): string {
  const names = { audio: "voice", video: "face", both: "what is there" };
  return fitTable({
    columns: [
      { title: "clips" },
      { title: "by" },
      ...["n", "labels", "UAR alone, %", "UAR in the film, %"]
        .map((title) => ({ title, align: "right" as const })),
    ],
    rows: uars.map(({ clips, judge, count, labels, alone, inFilm }) => [
      ...[clips, names[judge], `${count}`, `${labels}`, percent(alone), percent(inFilm)],
    ]),
  }, width);
}

function costTable({ costs }: FilmBench, width: number): string {
  const unknown = (value: number | undefined, digits: number) => value?.toFixed(digits) ?? "";
  const titles = ["MB", "s", "times real time", "processor s", "peak MB"];
  return fitTable({
    columns: [
      { title: "film" },
      ...titles.map((title) => ({ title, align: "right" as const })),
    ],
    rows: costs.map(({ seconds, mb, wallSeconds, processorSeconds, peakMb }: FilmCost) => [
      `${seconds.toFixed(0)} s`,
      mb.toFixed(0),
      wallSeconds.toFixed(1),
      (seconds / wallSeconds).toFixed(2),
      unknown(processorSeconds, 1),
      unknown(peakMb, 0),
    ]),
  }, width);
}

function twoFacesText({ twoFaces }: FilmBench): string {
  const { pairs, apart, sameLabel, faces, unlike, unlikeAlone, ...differences } = twoFaces;
  const { meanDifference, mostDifference } = differences;
  return `Two faces side by side: rows of both and of the voice in ${apart} of ${pairs} films; ` +
    `${sameLabel} of ${faces} faces have the label that they have alone, probabilities differ by ` +
    `${meanDifference.toFixed(3)} on average, ${
      mostDifference.toFixed(3)
    } at most; both faces have ` +
    `different labels in ${unlike} films, alone in ${unlikeAlone}.`;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
