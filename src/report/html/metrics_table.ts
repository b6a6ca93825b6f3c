import { MODALITY_LABELS, rowFeatures, rowTitle } from "../row_label.ts";
import { uarInterval } from "../uar_interval.ts";
import type { RunView } from "../run_view.ts";
import { count, interval, percent } from "./format.ts";
import { type Markup, markup } from "./markup.ts";
import { folded, scrolling, type Section } from "./section.ts";

const TEXTS = ["seen", "model", "features", "statistics"];
const NUMBERS = [
  "n",
  "accuracy",
  "95 %",
  "UAR",
  "95 %",
  "F1",
  "log loss",
  "ECE",
  "AURC",
  "AUC",
  "train",
];

/** Every metric of every row, for those who look one up. */
export function metricsTable(view: RunView): Section {
  const rows = [...view.ranked, ...view.rows.filter(({ baseline }) => baseline)];
  const fixed = (value: number | null | undefined) =>
    value === null || value === undefined ? "–" : value.toFixed(3);
  const table = markup`<table><caption>Test samples, best row first; F1 is the macro F1</caption>
<thead><tr>${TEXTS.map((name) => markup`<th scope="col">${name}</th>`)}${
    NUMBERS.map((name) => markup`<th scope="col" class="num">${name}</th>`)
  }</tr></thead><tbody>${
    rows.map(({ row, baseline }): Markup => {
      const { test, train } = row;
      const range = uarInterval(test);
      return markup`<tr><td>${!baseline && MODALITY_LABELS[row.modality]}</td><th scope="row">${
        rowTitle(row)
      }</th><td>${rowFeatures(row)}</td><td>${!baseline && row.normalisation}</td>${
        [
          test.n,
          percent(test.accuracy),
          interval(test.ci95),
          percent(test.uar),
          range ? interval(range) : "–",
          fixed(test.macroF1),
          fixed(test.logLoss),
          fixed(test.ece),
          fixed(test.aurc),
          fixed(test.auc),
          train.n > 0 ? percent(train.accuracy) : "–",
        ].map((cell) => markup`<td class="num">${cell}</td>`)
      }</tr>`;
    })
  }</tbody></table>`;
  return {
    id: "metrics",
    short: "All metrics",
    title: "All metrics",
    body:
      markup`<p>The same, with precision, recall and F1 of each emotion, is in <code>results.csv</code> beside this page.</p>
${folded(count(rows.length, "row"), scrolling("All metrics of every row", table))}`,
  };
}
