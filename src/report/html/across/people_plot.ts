import type { PeopleScores } from "../../../pipeline/run/rate_people.ts";
import { MET_LABELS } from "../../row_label.ts";
import type { RunView } from "../../run_view.ts";
import { interval, percent } from "../format.ts";
import { type Content, type Markup, markup } from "../markup.ts";
import { MODALITY_MARKS } from "../tones.ts";
import { track, trackScale } from "../track.ts";

/** How well people did on the same clips, where the corpus has their votes. */
export function peoplePlot({ results: { people = [], chance } }: RunView): Content {
  if (people.length === 0) return null;
  return markup`<h3 class="group">People</h3>
<p>What most of those said who were asked about the same test clips. They chose among all labels of their corpus.</p>
<div class="frame"><table class="plot" role="table" aria-label="People">
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader" class="name">people who</th><th scope="col" role="columnheader" class="line" aria-label="UAR with 95 % interval, drawn">${trackScale()}</th><th scope="col" role="columnheader" class="value num">UAR</th><th scope="col" role="columnheader" class="right num">accuracy</th><th scope="col" role="columnheader" class="learned num">clips</th></tr></thead>
<tbody role="rowgroup">${people.map((one) => line(one, chance))}</tbody></table></div>`;
}

function line({ modality, n, accuracy, uar, uarCi95 }: PeopleScores, chance: number): Markup {
  const range = uarCi95 ?? undefined;
  const said = range ? `, 95 % interval ${interval(range)}` : "";
  const drawing = track([{ ...MODALITY_MARKS[modality], value: uar, interval: range }], {
    dashed: [chance],
    label: `UAR ${percent(uar)}${said}`,
  });
  return markup`<tr role="row"><th scope="row" role="rowheader">${
    MET_LABELS[modality]
  }</th><td role="cell" class="line">${drawing}</td><td role="cell" class="value num"><span class="strong">${
    percent(uar)
  }</span> <small class="soft">${
    range && interval(range)
  }</small></td><td role="cell" class="right num meta" data-name="accuracy">${
    percent(accuracy)
  }</td><td role="cell" class="learned num meta" data-name="clips">${n}</td></tr>`;
}
