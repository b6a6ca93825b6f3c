import { showSpeaker } from "../../corpus/speakers.ts";
import { type CorpusWords, countOf } from "../../corpus/words.ts";
import type { ReportData } from "../../pipeline/run/report_data.ts";
import type { Results } from "../../pipeline/run/results.ts";
import { heatCell } from "./confusion.ts";
import { count } from "./format.ts";
import { type Content, type Markup, markup } from "./markup.ts";
import { folded, type Section } from "./section.ts";

/** Files listed at once; the others are folded away. */
const LISTED = 10;

/** What was learned from and tested on, and what was left out. */
export function corpusSection({ corpus }: Results, report?: ReportData): Section {
  const { skipped, warnings, words } = corpus;
  return {
    id: "corpus",
    short: "Corpus",
    title: "The corpus",
    body: markup`<p>${count(corpus.samples, "sample")} from ${count(corpus.clips, "clip")}: ${
      countOf(corpus.takes, words.take)
    } by ${countOf(corpus.speakers.length, words.speaker)}${
      corpus.silent > 0 && `; ${corpus.silent} samples have silence for sound`
    }.</p>
${report ? matrix(report.matrix, words) : classList(corpus.classes)}
${files("Skipped", "Every file could be used: none was skipped.", skipped)}
${files("Used with a warning", null, warnings)}`,
  };
}

function matrix(
  { speakers, labels, counts }: ReportData["matrix"],
  { speaker: { one }, label }: CorpusWords,
): Markup {
  const most = Math.max(1, ...counts.flat());
  const sum = (cells: readonly number[]) => cells.reduce((total, cell) => total + cell, 0);
  return markup`<table class="heat corpus"><caption>Samples by ${one} and ${label.one}</caption>
<thead><tr><th scope="col">${one}</th>${
    labels.map((name) =>
      markup`<th scope="col" abbr="${name}" title="${name}">${name.slice(0, 3)}</th>`
    )
  }<th scope="col">all</th></tr></thead>
<tbody>${
    speakers.map((speaker, s) =>
      markup`<tr><th scope="row">${showSpeaker(speaker)}</th>${
        counts[s].map((cell) => heatCell(cell, 0.6 * cell / most))
      }<td class="total">${sum(counts[s])}</td></tr>`
    )
  }<tr><th scope="row">all</th>${
    labels.map((_, e) => markup`<td class="total">${sum(counts.map((row) => row[e]))}</td>`)
  }<td class="total">${sum(counts.flat())}</td></tr></tbody></table>`;
}

function classList(classes: Results["corpus"]["classes"]): Markup {
  return markup`<p>${classes.map(({ label, samples }) => `${label} ${samples}`).join(", ")}.</p>`;
}

function files(
  title: string,
  none: string | null,
  list: Results["corpus"]["skipped"],
): Content {
  if (list.length === 0) return none && markup`<p>${none}</p>`;
  const items = (part: typeof list) =>
    markup`<ul class="files">${
      part.map(({ file, reason }) => markup`<li><code><bdi>${file}</bdi></code>: ${reason}</li>`)
    }</ul>`;
  return markup`<h3>${title}: ${count(list.length, "file")}</h3>${items(list.slice(0, LISTED))}${
    list.length > LISTED && folded(`${list.length - LISTED} more`, items(list.slice(LISTED)))
  }`;
}
