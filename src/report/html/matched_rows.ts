import type { ResultRow } from "../../pipeline/run/results.ts";
import type { MatchedRow } from "../match_rows.ts";
import { MODALITY_LABELS, rowDetail, rowLabel, rowTitle } from "../row_label.ts";
import { uarInterval } from "../uar_interval.ts";
import { interval, percent, points } from "./format.ts";
import { type Content, type Markup, markup } from "./markup.ts";
import { shapeIcon } from "./shapes.ts";
import { MODALITIES, MODALITY_MARKS, tone } from "./tones.ts";
import { track, trackScale } from "./track.ts";

/** A run of which rows are shown, and its number among all. */
export interface Series {
  /** What it is called on the page. */
  readonly label: string;
  /** Guessing each class equally often. */
  readonly chance: number;
}

/** Tone and shape of run number `i`: none of them a modality's. */
const MARKS = [5, 2, 1, 4, 6, 7, 3, 0];

/** Colour class and shape of run number `i`. */
export function seriesMark(i: number): { tone: string; shape: number } {
  return { tone: tone(MARKS[i % MARKS.length]), shape: i };
}

/** Which mark stands for which run. */
export function seriesKey(series: readonly Series[]): Markup {
  return markup`<ul class="key">${
    series.map(({ label }, i) =>
      markup`<li>${shapeIcon(seriesMark(i).shape, seriesMark(i).tone)}<bdi>${label}</bdi></li>`
    )
  }</ul>`;
}

/**
 * Rows of several runs, each on one track with a mark a run, joined by a line; the difference is that of
 * the last run to the first. UAR, with its interval where the run knows it.
 */
export function matchedRows(series: readonly Series[], matched: readonly MatchedRow[]): Markup {
  const dashed = [...new Set(series.map(({ chance }) => chance))];
  return markup`${
    MODALITIES.map((modality): Content => {
      const lines = matched.filter(({ name }) => name.modality === modality);
      if (lines.length === 0) return null;
      return markup`<h3 class="group">${heading(modality)}</h3>
<div class="frame"><table class="plot matched" role="table" aria-label="${
        MODALITY_LABELS[modality]
      }: UAR of the same rows in each run">
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader" class="name">model</th><th scope="col" role="columnheader" class="line" aria-label="UAR, drawn">${trackScale()}</th>${
        series.map((run, i) =>
          markup`<th scope="col" role="columnheader" class="share num" title="${run.label}">${
            shapeIcon(seriesMark(i).shape, seriesMark(i).tone)
          } <bdi>${run.label}</bdi></th>`
        )
      }<th scope="col" role="columnheader" class="share num">difference</th></tr></thead>
<tbody role="rowgroup">${
        lines.map((line) => matchedLine(series, line, dashed))
      }</tbody></table></div>`;
    })
  }`;
}

function matchedLine(
  series: readonly Series[],
  { rows, name }: MatchedRow,
  dashed: readonly number[],
): Markup {
  const known = rows.flatMap((row, i) => row ? [{ row, i }] : []);
  const [first, last] = [rows[0], rows.at(-1)];
  return markup`<tr role="row"><th scope="row" role="rowheader">${
    rowTitle(name)
  }<small class="soft">${rowDetail(name)}</small></th><td role="cell" class="line${
    known.length > 2 && " tall"
  }">${
    track(
      known.map(({ row, i }) => ({
        ...seriesMark(i),
        value: row.test.uar,
        interval: uarInterval(row.test),
      })),
      {
        dashed,
        joined: known.length === 2 && known.every(({ row }) => !uarInterval(row.test)),
        spread: known.length > 2 || known.some(({ row }) => uarInterval(row.test)),
        label: `${rowLabel(name)}: ${
          known.map(({ row, i }) => `${series[i].label} UAR ${percent(row.test.uar)}`).join("; ")
        }`,
      },
    )
  }</td>${
    rows.map((row, i) =>
      markup`<td role="cell" class="share num meta${!row && " none"}">${
        row &&
        markup`<span class="only-narrow">${
          shapeIcon(seriesMark(i).shape, seriesMark(i).tone)
        }</span> `
      }${cell(row)}</td>`
    )
  }<td role="cell" class="share num meta difference${!(first && last) && " none"}">${
    first && last ? points(last.test.uar - first.test.uar) : "–"
  }</td></tr>`;
}

function heading(modality: ResultRow["modality"]): Markup {
  const { shape, tone } = MODALITY_MARKS[modality];
  return markup`${shapeIcon(shape, tone)}${MODALITY_LABELS[modality]}`;
}

function cell(row: ResultRow | undefined): Content {
  if (!row) return "–";
  const range = uarInterval(row.test);
  return markup`<span>${percent(row.test.uar)}</span> <small class="soft">${
    range ? interval(range) : `n = ${row.test.n}`
  }</small>`;
}
