import type { RowName } from "../../pipeline/run/results.ts";
import { isBaseline, MODALITY_LABELS, rowDetail, rowTitle } from "../row_label.ts";
import { MIN_CLUSTERS } from "../uar_interval.ts";
import type { RowView, RunView } from "../run_view.ts";
import { peoplePlot } from "./across/people_plot.ts";
import { count, interval, percent, points, pValue } from "./format.ts";
import { leakLetters } from "./leaks.ts";
import { type Content, type Markup, markup } from "./markup.ts";
import { folded, type Section } from "./section.ts";
import { shapeIcon } from "./shapes.ts";
import { MODALITIES, MODALITY_MARKS } from "./tones.ts";
import { track, trackScale } from "./track.ts";

/** Rows of a modality that are shown at once; the others are folded away. */
const SHOWN = 8;

/** The table of results as a dot plot: every row with its interval, best first, chance as a line. */
export function dotPlot(view: RunView): Section {
  const { measure, results } = view;
  const { take } = results.corpus.words;
  const baselines = view.rows.filter(({ baseline }) => baseline);
  return {
    id: "results",
    short: "Results",
    title: "Every row, with what its number is worth",
    body: markup`<p>${
      measure === "UAR"
        ? `UAR is the mean over emotions of the share that was recognised. Lines are 95 % intervals; they resample ${
          results.corpus.speakers.length > 1 ? "speakers" : take.many
        }, not clips.`
        : `Accuracy on the test clips. Lines are 95 % intervals by Wilson’s method, which takes clips as independent: fewer than ${MIN_CLUSTERS} speakers or ${take.many}, or rows that are always right, leave nothing to resample.`
    } Rows whose intervals overlap much are not different in any way that this run can show.</p>
<ul class="key">${
      MODALITIES.filter((name) => view.ranked.some(({ row }) => row.modality === name)).map((
        name,
      ) =>
        markup`<li>${shapeIcon(MODALITY_MARKS[name].shape, MODALITY_MARKS[name].tone)}${
          MODALITY_LABELS[name]
        }</li>`
      )
    }${
      view.ranked.some(({ clean }) => !clean) &&
      markup`<li>${shapeIcon(0, "t0", true)}outline: a leak touches the row</li>`
    }
<li><svg class="track swatch" aria-hidden="true"><line class="chance" x1="50%" x2="50%" y1="0" y2="100%"/></svg>chance, ${
      percent(results.chance)
    }</li></ul>
${MODALITIES.map((modality) => group(view, modality))}
${peoplePlot(view)}${
      baselines.length > 0 &&
      markup`<h3 class="group">Baselines that look at nothing</h3>${
        plot(view, baselines, "Baselines")
      }`
    }`,
  };
}

function group(view: RunView, modality: RowName["modality"]): Content {
  const rows = view.ranked.filter(({ row }) => row.modality === modality);
  if (rows.length === 0) return null;
  const label = MODALITY_LABELS[modality];
  const { shape, tone } = MODALITY_MARKS[modality];
  const rest = rows.slice(SHOWN);
  return markup`<h3 class="group">${shapeIcon(shape, tone)}${label[0].toUpperCase()}${
    label.slice(1)
  }</h3>
${plot(view, rows.slice(0, SHOWN), `${label}: best rows`)}${
    rest.length > 0 &&
    folded(
      `${count(rest.length, "more row")}, down to ${percent(rest.at(-1)!.value)}`,
      plot(view, rest, `${label}: other rows`),
    )
  }`;
}

function plot(view: RunView, rows: readonly RowView[], caption: string): Markup {
  const compared = rows.some(({ row }) => row.comparison);
  const doubted = rows.some(({ clean }) => !clean);
  const { chance } = view.results;
  return markup`<div class="frame"><table class="plot" role="table" aria-label="${caption}">
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader" class="name">model</th><th scope="col" role="columnheader" class="line" aria-label="${view.measure} with 95 % interval, drawn">${trackScale()}</th><th scope="col" role="columnheader" class="value num">${view.measure}</th><th scope="col" role="columnheader" class="right num">right</th><th scope="col" role="columnheader" class="learned num">train</th>${
    compared &&
    markup`<th scope="col" role="columnheader" class="versus num">to the best</th>`
  }${doubted && markup`<th scope="col" role="columnheader" class="doubts">leaks</th>`}</tr></thead>
<tbody role="rowgroup">${
    rows.map((entry) => {
      const { row, value, clean } = entry;
      const mark = { ...MODALITY_MARKS[row.modality], ...entry, hollow: !clean };
      return markup`<tr role="row"><th scope="row" role="rowheader">${
        rowTitle(row)
      }<small class="soft">${rowDetail(row)}</small></th><td role="cell" class="line">${
        track([isBaseline(row) ? { ...mark, tone: "t0", shape: 6 } : mark], {
          dashed: [chance],
          label: `${view.measure} ${percent(value)}, 95 % interval ${interval(entry.interval)}`,
        })
      }</td><td role="cell" class="value num"><span class="strong">${
        percent(value)
      }</span> <small class="soft">${
        interval(entry.interval)
      }</small></td><td role="cell" class="right num meta" data-name="right">${
        Math.round(row.test.accuracy * row.test.n)
      }/${row.test.n}</td><td role="cell" class="learned num meta" data-name="train">${
        row.train.n > 0 && percent(row.train.accuracy)
      }</td>${
        compared && markup`<td role="cell" class="versus num meta">${versus(view, entry)}</td>`
      }${
        doubted &&
        markup`<td role="cell" class="doubts meta">${leakLetters(view.marks, row.leaks)}</td>`
      }</tr>`;
    })
  }</tbody></table></div>`;
}

/** The difference to the best row, and whether it could be chance. */
function versus(view: RunView, { row, index }: RowView): Content {
  const { comparison } = row;
  if (!comparison) {
    const best = view.ranked.some(({ row }) => row.comparison?.with === index);
    return best && markup`<span class="strong">best</span>`;
  }
  const { difference, differenceCi95, holmP } = comparison;
  const range = differenceCi95 &&
    `95 % interval of the difference ${points(differenceCi95[0])} to ${
      points(differenceCi95[1])
    } points`;
  const title = range && markup` title="${range}"`;
  return holmP >= 0.05
    ? markup`<span${title}>not told apart</span> <small class="soft">${points(difference)}, ${
      pValue(holmP)
    }</small>`
    : markup`<span${title}>${points(difference)}</span> <small class="soft">${
      pValue(holmP)
    }</small>`;
}
