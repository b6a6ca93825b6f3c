import Table from "cli-table3";
import { describeFoldPlan } from "../evaluate/fold_plan.ts";
import { isDisclosed } from "../evaluate/is_disclosed.ts";
import type { ResultRow, Results } from "../pipeline/results.ts";

/** What a normalisation is called in the table. */
const NORMALISED = { none: "", train: "training set", own: "speaker" };

/**
 * The results as text for a terminal: one line a row, the best test accuracy marked, each test
 * accuracy with its count and 95 % interval, chance level, and the leaks that touch each row.
 */
export function resultsTable(results: Results): string {
  const { rows, leaks, corpus, config, backbone } = results;
  const marks = new Map(leaks.map(({ id }, i) => [id, String.fromCharCode(97 + i)]));
  const clustered = results.folds.length > 1;
  const interval = `95 % of ${clustered ? "UAR" : "test"}`;
  const fitted = rows.filter(({ model }) => model !== "chance" && model !== "majority");
  // One row was chosen from nothing.
  const choice = fitted.length > 1;
  const best = Math.max(...fitted.map(({ test }) => clustered ? test.uar : test.accuracy));
  const normalised = rows.some(({ normalisation }) => normalisation !== "none");
  const table = new Table({
    head: [
      "features",
      ...(normalised ? ["normalised by"] : []),
      "model",
      "fusion",
      "train",
      "test",
      "right",
      "UAR",
      interval,
      ...(leaks.length > 0 ? ["leaks"] : []),
    ],
    style: { head: [], border: [], compact: true },
    colAligns: [
      "left",
      ...(normalised ? ["left" as const] : []),
      "left",
      "left",
      "right",
      "right",
      "right",
      "right",
      "right",
      "left",
    ],
  });
  let group = "";
  for (const row of rows) {
    const title = [row.features, ...(normalised ? [NORMALISED[row.normalisation]] : [])];
    const same = title.join() === group;
    group = title.join();
    const score = clustered ? row.test.uar : row.test.accuracy;
    const cells = rowCells(row, choice && fitted.includes(row) && score === best, clustered, marks);
    table.push([...(same ? title.map(() => "") : title), ...cells]);
  }
  const classes = corpus.classes.map(({ emotion, samples }) => `${emotion} ${samples}`).join(", ");
  const lines = [
    ...(corpus.synthetic ? [SYNTHETIC, ""] : []),
    `${corpus.samples} samples (${classes}) of ${count(corpus.performances, "performance")} by ${
      count(corpus.actors.length, "actor")
    }, protocol ${config.protocol}, ${folds(results)}${
      backbone ? `, backbone ${backbone.name}` : ""
    }, seed ${config.seed}`,
    table.toString(),
    (choice ? `* highest of ${fitted.length} rows, so chosen on the test set; ` : "") +
    (clustered
      ? "the intervals are of the UAR, by a bootstrap that draws " +
        (corpus.actors.length > 1 ? "whole speakers" : "performances")
      : "the intervals are Wilson's, of the test accuracy, and take samples as independent; " +
        "that of chance holds 95 % of guessers on these samples"),
  ];
  for (const { features, model, fusion, warnings } of rows) {
    if (warnings.length > 0) lines.push(`${features} ${model} ${fusion}: ${warnings.join("; ")}`);
  }
  lines.push(...unfittedRows(results.unfitted ?? []));
  const list = (title: string, disclosed: boolean) => {
    const found = leaks.filter(({ id }) => isDisclosed(id, config.protocol) === disclosed);
    if (found.length > 0) lines.push("", title);
    for (const { id, text } of found) lines.push(`  ${marks.get(id)}  ${text}`);
  };
  list(`What makes these results of the ${config.protocol} protocol doubtful:`, false);
  list("What should be known of them:", true);
  lines.push(...fileList("Skipped", corpus.skipped), ...fileList("Warnings for", corpus.warnings));
  return lines.join("\n");
}

/** Files listed by name; the others are counted. */
const LISTED = 10;

/** What stands above every table of the demo. */
export const SYNTHETIC =
  "SYNTHETIC CORPUS: drawn faces and synthesised voices. These numbers say nothing about people.";

function rowCells(
  row: ResultRow,
  best: boolean,
  clustered: boolean,
  marks: ReadonlyMap<string, string>,
): string[] {
  const { train, test } = row;
  const interval = clustered ? test.uarCi95 : test.ci95;
  return [
    row.model,
    row.fusion === "none" ? "" : row.fusion,
    percent(train.accuracy),
    `${best && !clustered ? "*" : ""}${percent(test.accuracy)}`,
    `${Math.round(test.accuracy * test.n)}/${test.n}`,
    `${best && clustered ? "*" : ""}${percent(test.uar)}`,
    interval === null ? "" : interval.map(percent).join(" - "),
    ...(marks.size > 0 ? [row.leaks.map((id) => marks.get(id)).join(" ")] : []),
  ];
}

/** Rows that the table lacks, by what kept them from it. */
function unfittedRows(unfitted: NonNullable<Results["unfitted"]>): string[] {
  if (unfitted.length === 0) return [];
  const rowsOf = Map.groupBy(unfitted, ({ reason }) => reason);
  return [
    "",
    `${count(unfitted.length, "row")} could not be fitted:`,
    ...Array.from(rowsOf, ([reason, rows]) => {
      const names = rows.map(({ features, normalisation, model, fusion }) =>
        [features, NORMALISED[normalisation], model, fusion === "none" ? "" : fusion]
          .filter((part) => part !== "").join(" ")
      );
      return `  ${names.join(", ")}: ${reason}`;
    }),
  ];
}

function fileList(title: string, files: Results["corpus"]["skipped"]): string[] {
  if (files.length === 0) return [];
  const more = files.length - LISTED;
  return [
    "",
    `${title} ${count(files.length, "file")}:`,
    ...files.slice(0, LISTED).map(({ file, reason }) => `  ${file}: ${reason}`),
    ...(more > 0 ? [`  and ${more} more, listed in results.json`] : []),
  ];
}

function folds({ folds, config }: Results): string {
  const plan = describeFoldPlan(config.folds);
  const what = folds.length === 1
    ? `${folds[0].train} to train and ${folds[0].test.length} to test`
    : `${folds.length} folds`;
  return plan === "" ? what : `${what} (${plan})`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
