import { NORMALISATIONS } from "../../pipeline/fold/normalisation.ts";
import type { RowName } from "../../pipeline/run/results.ts";
import { describeFoldPlan } from "../../split/fold_plan.ts";
import { knownProtocol } from "../../split/protocols/registry.ts";
import type { ReportData } from "../../pipeline/run/report_data.ts";
import { guessProbability } from "../guess_probability.ts";
import { MODALITY_LABELS, rowDetail, rowTitle } from "../row_label.ts";
import { bestRow, type RowView, type RunView } from "../run_view.ts";
import { capital, count, duration, interval, percent } from "./format.ts";
import { type Content, type Markup, markup } from "./markup.ts";
import { shapeIcon } from "./shapes.ts";
import { MODALITIES, MODALITY_MARKS } from "./tones.ts";
import { track } from "./track.ts";

/** The top of the page: what holds, how sure that is, and what was luck or leak. */
export function summary(view: RunView, report?: ReportData): Markup {
  const { results } = view;
  const best = bestRow(view);
  return markup`<h1><b>Emofuse</b> report · protocol ${results.config.protocol}</h1>
${
    results.corpus.synthetic &&
    markup`<div class="notice" role="note"><p><b>Synthetic corpus:</b> drawn faces and synthesised voices. These numbers say nothing about people.</p></div>`
  }
${best ? headline(view, best) : markup`<p class="lead">This run has no models.</p>`}
${facts(view, report)}
${
    best &&
    markup`<div class="cards">${MODALITIES.map((name) => card(view, name))}${
      luck(view, best)
    }</div>`
  }`;
}

function headline(view: RunView, best: RowView): Markup {
  const { results, measure } = view;
  const { row, value, clean } = best;
  const name = MODALITY_LABELS[row.modality];
  const n = row.test.n;
  const what = measure === "UAR"
    ? markup`<b>${percent(value)}</b> of each emotion’s clips on average`
    : markup`<b>${Math.round(row.test.accuracy * n)} of ${n}</b> test clips`;
  const range = markup`(${measure === "accuracy" && `${percent(value)}; `}95 % interval ${
    interval(best.interval)
  }${measure === "UAR" && `, n = ${n}`})`;
  const baselines = markup`Chance is ${
    percent(results.chance)
  }; always saying the commonest emotion is right in ${percent(results.majority)} of clips.`;
  const ties = view.ranked.filter((other) => other !== best && other.value === value).length;
  const tied = ties > 0 &&
    `${ties === 1 ? "One other row scores" : `${ties} other rows score`} the same. `;
  if (!clean) {
    return markup`<p class="lead">No row here is free of leaks. The highest, <b>${name}</b>, recognises ${what} ${range}: <b>do not quote it.</b></p>
<p>${row.modality === "fused" ? "Its model: " : ""}${rowTitle(row)}${
      rowDetail(row) && `, ${rowDetail(row)}`
    }. ${tied}${baselines} <a href="#leaks">What makes it doubtful</a>.</p>`;
  }
  return markup`<p class="lead"><b>${capital(name)}</b> recognises ${what}${
    knownProtocol(results.config.protocol)?.unseen(results.corpus.words) ?? ""
  } ${range}.</p>
<p>${rowTitle(row)}${rowDetail(row) && `, ${rowDetail(row)}`}. ${tied}${baselines} ${
    rivals(view, best)
  } ${ownStatistics(view, best)}</p>`;
}

/** How many rows are as good as the best, as far as these samples can tell. */
function rivals({ ranked, rows }: RunView, best: RowView): Content {
  const compared = ranked.filter(({ row }) => row.comparison !== undefined);
  if (compared.length === 0) return null;
  const reference = compared[0].row.comparison!.with;
  const equal = compared.filter(({ row }) => row.comparison!.holmP >= 0.05).length;
  const than = reference === best.index
    ? "it"
    : `${rowTitle(rows[reference].row)}, which all others are compared with`;
  return markup`Of ${
    count(compared.length, "other row")
  }, <b>${equal}</b> cannot be told from ${than} (McNemar’s exact test, Holm-adjusted p ≥ 0.05).`;
}

/** Whether nothing of test samples was used. */
function isInductive({ normalisation }: Pick<RowName, "normalisation">): boolean {
  return !NORMALISATIONS[normalisation].transductive;
}

/** A best row that needs the test speaker's or corpus's own clips says so, and what is left without them. */
function ownStatistics(view: RunView, { row }: RowView): Content {
  const { by, transductive } = NORMALISATIONS[row.normalisation];
  if (!transductive) return null;
  const without = bestRow(view, isInductive);
  return markup`It standardises each ${by} by that ${by}’s own unlabelled clips${
    without &&
    markup`; without that the best is ${percent(without.value)} (${
      MODALITY_LABELS[without.row.modality]
    }, ${interval(without.interval)})`
  }.`;
}

function facts({ results }: RunView, report?: ReportData): Markup {
  const { corpus, folds, backbone, ear, config, provenance } = results;
  const { words } = corpus;
  const plan = describeFoldPlan(config.folds);
  const seconds = report?.timings.reduce((sum, { seconds }) => sum + seconds, 0);
  return markup`<ul class="facts">
<li><b>${corpus.samples}</b> samples of <b>${corpus.takes}</b> ${words.take.many}</li>
<li><b>${corpus.speakers.length}</b> ${
    corpus.speakers.length === 1 ? words.speaker.one : words.speaker.many
  }</li>
<li><b>${corpus.classes.length}</b> emotions</li>
<li>${
    folds.length === 1
      ? markup`<b>${folds[0].train}</b> to train, <b>${folds[0].test.length}</b> to test`
      : markup`<b>${folds.length}</b> folds`
  }${plan && ` (${plan})`}</li>
${backbone && markup`<li>face by <b>${backbone.name}</b></li>`}
${ear && markup`<li>voice by <b>${ear.name}</b></li>`}
<li>seed <b>${config.seed}</b></li>
${
    typeof provenance.finished === "string" &&
    markup`<li>finished <b>${provenance.finished.slice(0, 16).replace("T", " ")}</b> UTC</li>`
  }
${seconds !== undefined && seconds > 0 && markup`<li>took <b>${duration(seconds)}</b></li>`}
</ul>`;
}

/** The best row of a modality, and the best of it without the statistics of test clips. */
function card(view: RunView, modality: typeof MODALITIES[number]): Content {
  const best = bestRow(view, (row) => row.modality === modality);
  if (!best) return null;
  const mark = MODALITY_MARKS[modality];
  const without = isInductive(best.row)
    ? undefined
    : bestRow(view, (row) => row.modality === modality && isInductive(row));
  const draw = (view: RowView) => ({ ...mark, ...view, hollow: !view.clean });
  const { chance } = view.results;
  return markup`<div class="card"><h3>${shapeIcon(mark.shape, mark.tone, !best.clean)}${
    capital(MODALITY_LABELS[modality])
  }, best row</h3>
<p class="big">${percent(best.value)}</p>
${
    track([draw(best)], {
      dashed: [chance],
      label: `${view.measure} ${percent(best.value)}, 95 % interval ${
        interval(best.interval)
      }, chance ${percent(chance)}`,
    })
  }
<small>${view.measure}, ${interval(best.interval)}, n = ${best.row.test.n}${
    !best.clean && markup` <b>with leaks</b>`
  }<br>${rowTitle(best.row)}${rowDetail(best.row) && markup`<br>${rowDetail(best.row)}`}${
    without &&
    markup`<br>Without ${NORMALISATIONS[best.row.normalisation].label}: <b>${
      percent(without.value)
    }</b>, ${interval(without.interval)}`
  }</small></div>`;
}

/** How far guessing gets, and that the best of many is chosen with luck. */
function luck(view: RunView, { row }: RowView): Markup {
  const { test } = row;
  const { chance, majority } = view.results;
  const right = Math.round(test.accuracy * test.n);
  const blind = Math.max(chance, majority);
  const p = guessProbability(right, test.n, blind);
  const rows = view.ranked.length;
  return markup`<div class="card"><h3>What luck can do</h3>
<p class="big">${likely(p)}</p>
<small>${p < 1e-6 ? "of a million " : p >= 0.001 && "of "}guessers who are right in ${
    percent(blind)
  } of clips would get ${right} or more of ${test.n}. One clip is ${
    (100 / test.n).toFixed(test.n < 100 ? 1 : 2)
  } points.${
    rows > 1 &&
    markup` The best of ${rows} rows was picked on the clips it is tested on, so its number flatters it${
      p > 1e-4 &&
      markup`: of ${rows} independent guessers one would do as well with probability ${
        percent(-Math.expm1(rows * Math.log1p(-p)))
      }`
    }.`
  }</small></div>`;
}

function likely(p: number): string {
  if (p < 1e-6) return "None";
  return p < 0.001 ? `One in ${Math.round(1 / p)}` : percent(p);
}
