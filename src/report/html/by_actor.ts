import { wilsonInterval } from "../../evaluate/wilson_interval.ts";
import type { ReportData } from "../../pipeline/report_data.ts";
import { MODALITY_LABELS, rowTitle } from "../row_label.ts";
import { bestRow, type RunView } from "../run_view.ts";
import { count, interval, percent } from "./format.ts";
import { markup } from "./markup.ts";
import type { Section } from "./section.ts";
import { MODALITY_MARKS } from "./tones.ts";
import { track, trackScale } from "./track.ts";

/** How the best row does on each actor: why new actors can give another number. */
export function byActor(view: RunView, { mapSamples }: ReportData): Section | null {
  const best = bestRow(view);
  const actorOf = new Map(mapSamples.map(({ id, actor }) => [id, actor]));
  const { samples, rows } = view.predictions;
  if (!best || samples.some(({ id }) => !actorOf.has(id))) return null;
  const { predicted } = rows[best.index];
  const tested = Map.groupBy(samples.keys(), (i) => actorOf.get(samples[i].id)!);
  if (tested.size < 2) return null;
  const actors = Array.from(tested, ([actor, indices]) => {
    const right = indices.filter((i) => predicted[i] === samples[i].truth).length;
    return { actor, right, n: indices.length, share: right / indices.length };
  }).toSorted((a, b) => b.share - a.share || a.actor - b.actor);
  const [easiest, hardest] = [actors[0], actors.at(-1)!];
  return {
    id: "actors",
    short: "Actors",
    title: "Who is easy, who is hard",
    body: markup`<p>The best row, ${MODALITY_LABELS[best.row.modality]} ${
      rowTitle(best.row)
    }, is right on <b>${
      percent(easiest.share)
    }</b> of the clips of actor ${easiest.actor} and on <b>${
      percent(hardest.share)
    }</b> of those of actor ${hardest.actor}. ${
      count(actors.length, "actor")
    } are few: new ones can give another number, which is what intervals over speakers tell. Lines are Wilson’s 95 % intervals.</p>
<div class="frame"><table class="plot" role="table" aria-label="Accuracy of the best row on each actor">
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader" class="emotion">actor</th><th scope="col" role="columnheader" class="line" aria-label="accuracy, drawn">${trackScale()}</th><th scope="col" role="columnheader" class="value num">accuracy</th><th scope="col" role="columnheader" class="right num">right</th></tr></thead>
<tbody role="rowgroup">${
      actors.map(({ actor, right, n, share }) =>
        markup`<tr role="row"><th scope="row" role="rowheader">${
          String(actor).padStart(2, "0")
        }</th><td role="cell" class="line low">${
          track([{
            ...MODALITY_MARKS[best.row.modality],
            value: share,
            interval: wilsonInterval(right, n),
            hollow: !best.clean,
          }], {
            dashed: [view.results.chance],
            label: `actor ${actor}: accuracy ${percent(share)}, 95 % interval ${
              interval(wilsonInterval(right, n))
            }`,
          })
        }</td><td role="cell" class="value num">${
          percent(share)
        }</td><td role="cell" class="right num meta">${right}/${n}</td></tr>`
      )
    }</tbody></table></div>`,
  };
}
