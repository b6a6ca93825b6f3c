import { differingSettings } from "./differing_settings.ts";
import { corporaNotice, settingsSection, unmatchedSection } from "./html/comparison.ts";
import { count, interval, percent } from "./html/format.ts";
import { glossary } from "./html/glossary.ts";
import { matchedRows, seriesKey, seriesMark } from "./html/matched_rows.ts";
import { type Markup, markup } from "./html/markup.ts";
import { renderPage } from "./html/page.ts";
import { shapeIcon } from "./html/shapes.ts";
import { track } from "./html/track.ts";
import { type MatchedRow, matchRows } from "./match_rows.ts";
import type { NamedRun } from "./named_run.ts";
import { tellRecipes } from "./tell_recipes.ts";
import { uarInterval } from "./uar_interval.ts";
import { isBaseline, rowLabel } from "./row_label.ts";

/**
 * Several runs in one self-contained HTML page: the best row of each, rows of the same name on one track,
 * the settings that differ, and a warning where the corpora do.
 *
 * @param compared The runs, two or more; differences are taken to the first.
 */
export function renderComparison(compared: readonly NamedRun[]): string {
  const told = tellRecipes(compared.map(({ results }) => results));
  const runs = compared.map((run, i) => ({ ...run, results: told[i] }));
  const series = runs.map(({ name, results }) => ({ label: name, chance: results.chance }));
  const matched = matchRows(runs.map(({ results }) => results));
  const shared = matched.filter(({ rows }) => rows.filter((row) => row).length > 1);
  const alone = matched.filter(({ rows }) => rows.filter((row) => row).length === 1);
  return renderPage({
    title: `Emofuse: ${runs.length} runs compared`,
    head: markup`<h1><b>Emofuse</b> · ${count(runs.length, "run")} compared</h1>
<p class="lead">${
      runs.slice(1).map(({ name }, i) => markup`${verdict(name, runs[0].name, shared, i + 1)} `)
    }</p>
${corporaNotice(runs)}
<div class="cards">${runs.map((run, i) => bestCard(run, i))}</div>`,
    sections: [
      {
        id: "rows",
        short: "Rows",
        title: "Row by row",
        body: shared.length === 0
          ? markup`<p>No row stands in more than one of these runs.</p>`
          : markup`<p>UAR, the mean over emotions of the share that was recognised; the difference is that of the last run to the first. Dashed: chance. Runs on other clips or other splits differ by luck too: look at the intervals.</p>
${seriesKey(series)}
${matchedRows(series, shared)}`,
      },
      unmatchedSection(runs, alone),
      settingsSection(runs, differingSettings(runs.map(({ results }) => results))),
      glossary(),
    ].filter((section) => section !== null),
    foot: "Made by Emofuse. This page holds no script and loads nothing.",
  });
}

/** How far run number `run` is from the first, over the rows that both have. */
function verdict(name: string, first: string, matched: readonly MatchedRow[], run: number): Markup {
  const changes = matched.flatMap(({ rows }) => {
    const [from, to] = [rows[0], rows[run]];
    return from && to ? [to.test.uar - from.test.uar] : [];
  });
  if (changes.length === 0) {
    return markup`<b><bdi>${name}</bdi></b> shares no row with <bdi>${first}</bdi>.`;
  }
  const mean = changes.reduce((sum, change) => sum + change, 0) / changes.length;
  const far = (100 * Math.abs(mean)).toFixed(1);
  return markup`<b><bdi>${name}</bdi></b> is on average <b>${
    far === "0.0" ? "level with" : `${far} points ${mean < 0 ? "below" : "above"}`
  }</b> <bdi>${first}</bdi>, over ${count(changes.length, "shared row")}.`;
}

/** The best row of a run, and whether a leak touches it. */
function bestCard({ name, results }: NamedRun, i: number) {
  const rows = results.rows.filter((row) => !isBaseline(row))
    .toSorted((a, b) => b.test.uar - a.test.uar);
  const best = rows.find(({ leaks }) => leaks.length === 0) ?? rows[0];
  const mark = seriesMark(i);
  const clean = best?.leaks.length === 0;
  const range = best && uarInterval(best.test);
  return markup`<div class="card"><h3>${
    shapeIcon(mark.shape, mark.tone, !clean)
  }<bdi>${name}</bdi></h3>${
    best
      ? markup`<p class="big">${percent(best.test.uar)}</p>
${
        track([{
          ...mark,
          value: best.test.uar,
          interval: range,
          hollow: !clean,
        }], {
          dashed: [results.chance],
          label: `UAR ${percent(best.test.uar)}, chance ${percent(results.chance)}`,
        })
      }<small>UAR${range && `, ${interval(range)}`}, n = ${best.test.n}${
        !clean && markup` <b>with leaks</b>`
      }<br>${rowLabel(best)}<br>${results.config.protocol}, ${
        count(results.corpus.samples, "sample")
      }, ${count(results.corpus.actors.length, "actor")}</small>`
      : markup`<p>This run has no models.</p>`
  }</div>`;
}
