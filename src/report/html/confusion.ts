import { MODALITY_LABELS, rowDetail, rowTitle } from "../row_label.ts";
import { bestRow, type RowView, type RunView } from "../run_view.ts";
import { Markup, markup } from "./markup.ts";
import type { Section } from "./section.ts";
import { shapeIcon } from "./shapes.ts";
import { MODALITIES, MODALITY_MARKS } from "./tones.ts";

/** What the best row of each modality takes for what. */
export function confusions(view: RunView): Section {
  const best = MODALITIES
    .map((modality) => bestRow(view, (row) => row.modality === modality))
    .filter((row) => row !== undefined);
  return {
    id: "confusion",
    short: "Confusion",
    title: "What is taken for what",
    body:
      markup`<p>The best row of each modality. A line is what was played, a column what was heard or seen in it; cells count test clips, and are the darker the greater their share of the line. Framed: right; last column: share found, in per cent.</p>
<div class="cards confusions">${best.map((row) => matrix(view, row))}</div>`,
  };
}

function matrix({ emotions }: RunView, { row, clean }: RowView): Markup {
  const { confusion } = row.test;
  const { shape, tone } = MODALITY_MARKS[row.modality];
  const worst = worstConfusion(confusion);
  return markup`<div class="card"><h3>${shapeIcon(shape, tone, !clean)}${
    MODALITY_LABELS[row.modality]
  }</h3><small class="soft">${rowTitle(row)}${
    rowDetail(row) && markup`<br>${rowDetail(row)}`
  }<br>n = ${row.test.n}</small>
<table class="heat"><caption>${
    worst
      ? `Most often wrong: ${emotions[worst.truth]} taken for ${
        emotions[worst.said]
      }, ${worst.n} of ${worst.of}`
      : "Nothing was taken for anything else"
  }</caption>
<thead><tr><th scope="col"><span class="soft">played</span></th>${
    emotions.map((name) =>
      markup`<th scope="col" abbr="${name}" title="${name}">${name.slice(0, 3)}</th>`
    )
  }<th scope="col" title="recall: share found, in per cent">%</th></tr></thead>
<tbody>${
    confusion.map((line, t) => {
      const n = line.reduce((sum, cell) => sum + cell, 0);
      return markup`<tr><th scope="row">${emotions[t]}</th>${
        line.map((cell, p) => heatCell(cell, n === 0 ? 0 : cell / n, p === t))
      }<td class="total">${n === 0 ? "–" : Math.round(100 * line[t] / n)}</td></tr>`;
    })
  }</tbody></table></div>`;
}

/** A cell that is the darker the greater `share` is; zeros are left out. */
export function heatCell(cell: number, share: number, hit = false): Markup {
  const style = new Markup(`--share:${Math.round(60 * share)}%`);
  return markup`<td${hit && markup` class="hit"`} style="${style}"${
    cell === 0 && markup` aria-label="0"`
  }>${cell === 0 ? "" : cell}</td>`;
}

/** The confusion that takes the largest share of its class. */
function worstConfusion(confusion: readonly (readonly number[])[]) {
  const cells = confusion.flatMap((line, truth) => {
    const of = line.reduce((sum, cell) => sum + cell, 0);
    return line.map((n, said) => ({ truth, said, n, of }))
      .filter(({ n, said }) => said !== truth && n > 0);
  });
  return cells.toSorted((a, b) => b.n / b.of - a.n / a.of)[0];
}
