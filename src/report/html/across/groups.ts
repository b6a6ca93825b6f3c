import type { GroupScores } from "../../../evaluate/rate_groups.ts";
import type { RowGroups } from "../../../pipeline/run/rated_groups.ts";
import { MODALITY_LABELS, rowTitle } from "../../row_label.ts";
import type { RunView } from "../../run_view.ts";
import {
  APART,
  attributeLabel,
  gapText,
  type ShownGroups,
  shownGroups,
} from "../../shown_groups.ts";
import { capital, interval, percent } from "../format.ts";
import { type Content, type Markup, markup } from "../markup.ts";
import type { Section } from "../section.ts";
import { MODALITY_MARKS } from "../tones.ts";
import { track, trackScale } from "../track.ts";

/** Who is recognised worse; null for a corpus that tells nothing to divide samples by. */
export function groupSection({ results }: RunView): Section | null {
  const shown = shownGroups(results).filter(({ rows }) => rows.length > 0);
  if (shown.length === 0) return null;
  return {
    id: "groups",
    short: "Groups",
    title: "Who is recognised worse",
    body:
      markup`<p>UAR of the best row of each modality by what is known of speakers and clips. Intervals are of a bootstrap that draws whole speakers, in each group by itself where a speaker is in one group only. A difference whose interval holds 0 may be chance; one that is not there may be hidden by few speakers.</p>
${shown.map((one) => one.rows.map((row) => block(one, row, results.chance)))}`,
  };
}

function block(
  { attribute, people = [], unknown }: ShownGroups,
  row: RowGroups,
  chance: number,
): Markup {
  const name = attributeLabel(attribute);
  const { modality } = row;
  const peopleOf = (group: string) =>
    people.find((one) => one.modality === modality && one.group === group);
  const heard = people.some((one) => one.modality === modality);
  return markup`<h3>By ${name}: ${MODALITY_LABELS[modality]}, ${rowTitle(row)}</h3>
<p>${capital(gapText(row))}.${unknown > 0 && ` Of ${unknown} samples it is not known.`}</p>
<div class="frame"><table class="plot" role="table" aria-label="UAR by ${name}">
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader" class="emotion">${name}</th><th scope="col" role="columnheader" class="line" aria-label="UAR, drawn">${trackScale()}</th><th scope="col" role="columnheader" class="value num">UAR</th>${
    heard && markup`<th scope="col" role="columnheader" class="value num">people</th>`
  }<th scope="col" role="columnheader" class="right num">samples of speakers</th></tr></thead>
<tbody role="rowgroup">${
    row.groups.map((scores) =>
      line(scores, row, chance, heard ? peopleOf(scores.group)?.uar ?? null : undefined)
    )
  }</tbody></table></div>`;
}

function line(
  { group, n, speakers, uar, uarCi95, apart }: GroupScores,
  { modality }: RowGroups,
  chance: number,
  people: number | null | undefined,
): Markup {
  const said = uarCi95 ? `, 95 % interval ${interval(uarCi95)}` : "";
  const drawing = track([{
    ...MODALITY_MARKS[modality],
    value: uar,
    ...(uarCi95 && { interval: uarCi95 }),
    hollow: apart !== undefined,
  }], { dashed: [chance], label: `${group}: UAR ${percent(uar)}${said}` });
  const told: Content = people === undefined
    ? null
    : markup`<td role="cell" class="value num">${people === null ? "–" : percent(people)}</td>`;
  return markup`<tr role="row"><th scope="row" role="rowheader">${group}${
    apart && markup`<br><small>${APART[apart]}</small>`
  }</th><td role="cell" class="line low">${drawing}</td><td role="cell" class="value num">${
    percent(uar)
  }</td>${told}<td role="cell" class="right num meta">${n} of ${speakers}</td></tr>`;
}
