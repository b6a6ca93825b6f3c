import { compareSpeakers, showSpeaker } from "../../../corpus/speakers.ts";
import { countOf } from "../../../corpus/words.ts";
import { wilsonInterval } from "../../../evaluate/wilson_interval.ts";
import type { ReportData } from "../../../pipeline/run/report_data.ts";
import { MODALITY_LABELS, rowTitle } from "../../row_label.ts";
import { bestRow, type RunView } from "../../run_view.ts";
import { interval, percent } from "../format.ts";
import { markup } from "../markup.ts";
import type { Section } from "../section.ts";
import { MODALITY_MARKS } from "../tones.ts";
import { track, trackScale } from "../track.ts";

/** How the best row does on each speaker: why new speakers can give another number. */
export function bySpeaker(view: RunView, { mapSamples }: ReportData): Section | null {
  const best = bestRow(view);
  const { one, many } = view.results.corpus.words.speaker;
  const speakerOf = new Map(mapSamples.map(({ id, speaker }) => [id, speaker]));
  const { samples, rows } = view.predictions;
  if (!best || samples.some(({ id }) => !speakerOf.has(id))) return null;
  const { predicted } = rows[best.index];
  const tested = Map.groupBy(samples.keys(), (i) => speakerOf.get(samples[i].id)!);
  if (tested.size < 2) return null;
  const speakers = Array.from(tested, ([speaker, indices]) => {
    const right = indices.filter((i) => predicted[i] === samples[i].truth).length;
    return { speaker, right, n: indices.length, share: right / indices.length };
  }).toSorted((a, b) => b.share - a.share || compareSpeakers(a.speaker, b.speaker));
  const [easiest, hardest] = [speakers[0], speakers.at(-1)!];
  return {
    id: "speakers",
    short: `${many[0].toUpperCase()}${many.slice(1)}`,
    title: "Who is easy, who is hard",
    body: markup`<p>The best row, ${MODALITY_LABELS[best.row.modality]} ${
      rowTitle(best.row)
    }, is right on <b>${
      percent(easiest.share)
    }</b> of the clips of ${one} ${easiest.speaker} and on <b>${
      percent(hardest.share)
    }</b> of those of ${one} ${hardest.speaker}. ${
      countOf(speakers.length, { one, many })
    } are few: new ones can give another number, which is what intervals over speakers tell. Lines are Wilson’s 95 % intervals.</p>
<div class="frame"><table class="plot" role="table" aria-label="Accuracy of the best row on each ${one}">
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader" class="emotion">${one}</th><th scope="col" role="columnheader" class="line" aria-label="accuracy, drawn">${trackScale()}</th><th scope="col" role="columnheader" class="value num">accuracy</th><th scope="col" role="columnheader" class="right num">right</th></tr></thead>
<tbody role="rowgroup">${
      speakers.map(({ speaker, right, n, share }) =>
        markup`<tr role="row"><th scope="row" role="rowheader">${
          showSpeaker(speaker)
        }</th><td role="cell" class="line low">${
          track([{
            ...MODALITY_MARKS[best.row.modality],
            value: share,
            interval: wilsonInterval(right, n),
            hollow: !best.clean,
          }], {
            dashed: [view.results.chance],
            label: `${one} ${speaker}: accuracy ${percent(share)}, 95 % interval ${
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
