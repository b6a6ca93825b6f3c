import { countOf } from "../../corpus/words.ts";
import type { Setting } from "../differing_settings.ts";
import type { MatchedRow } from "../match_rows.ts";
import type { NamedRun } from "../named_run.ts";
import { rowLabel } from "../row_label.ts";
import { count, percent } from "./format.ts";
import { type Content, type Markup, markup } from "./markup.ts";
import { folded, scrolling, type Section } from "./section.ts";

/** Says so where the runs were not on the same clips: their numbers then differ for that alone. */
export function corporaNotice(runs: readonly NamedRun[]): Content {
  const [first] = runs;
  const same = runs.every(({ results }) => results.corpus.sha256 === first.results.corpus.sha256);
  const synthetic = runs.filter(({ results }) => results.corpus.synthetic);
  return [
    !same &&
    markup`<div class="notice" role="note"><p><b>These runs are not on the same clips.</b> What differs between them may be the clips and not the models.</p><ul>${
      runs.map(({ name, results: { corpus } }) =>
        markup`<li><bdi>${name}</bdi>: ${count(corpus.samples, "sample")}, ${
          countOf(corpus.speakers.length, corpus.words.speaker)
        }, ${corpus.classes.map(({ label }) => label).join(", ")}; SHA-256 <code>${
          corpus.sha256.slice(0, 12)
        }</code></li>`
      )
    }</ul></div>`,
    synthetic.length > 0 &&
    markup`<div class="notice" role="note"><p><b>Synthetic corpus:</b> the numbers of ${
      synthetic.map(({ name }, i) => markup`${i > 0 && ", "}<bdi>${name}</bdi>`)
    } say nothing about people.</p></div>`,
  ];
}

/** Rows that only one run has. */
export function unmatchedSection(
  runs: readonly NamedRun[],
  alone: readonly MatchedRow[],
): Section | null {
  if (alone.length === 0) return null;
  return {
    id: "alone",
    short: "Only in one",
    title: "Rows that only one run has",
    body: runs.map(({ name }, i) => {
      const rows = alone.flatMap(({ rows }) => rows[i] ?? [])
        .toSorted((a, b) => b.test.uar - a.test.uar);
      return rows.length > 0 && folded(
        markup`<bdi>${name}</bdi>: ${count(rows.length, "row")}`,
        markup`<ul class="files">${
          rows.map((row) =>
            markup`<li>${rowLabel(row)}: UAR ${percent(row.test.uar)}, n = ${row.test.n}</li>`
          )
        }</ul>`,
      );
    }),
  };
}

/** What the runs were told: first what differs, then, folded, what is the same. */
export function settingsSection(runs: readonly NamedRun[], settings: readonly Setting[]): Section {
  const differing = settings.filter(({ differs }) => differs);
  const same = settings.filter(({ differs }) => !differs);
  return {
    id: "settings",
    short: "Settings",
    title: differing.length === 0
      ? "The settings are the same"
      : `${count(differing.length, "setting")} ${differing.length === 1 ? "differs" : "differ"}`,
    body: markup`${
      differing.length > 0 && scrolling("Settings that differ", table(runs, differing))
    }${
      same.length > 0 &&
      folded(
        `${count(same.length, "setting")} that all runs share`,
        markup`<dl>${
          same.map(({ name, values }) => markup`<dt>${name}</dt><dd>${values[0]}</dd>`)
        }</dl>`,
      )
    }`,
  };
}

function table(runs: readonly NamedRun[], settings: readonly Setting[]): Markup {
  return markup`<table><thead><tr><th scope="col">setting</th>${
    runs.map(({ name }) => markup`<th scope="col"><bdi>${name}</bdi></th>`)
  }</tr></thead><tbody>${
    settings.map(({ name, values }) =>
      markup`<tr><th scope="row">${name}</th>${
        values.map((value) => markup`<td>${value ?? "–"}</td>`)
      }</tr>`
    )
  }</tbody></table>`;
}
