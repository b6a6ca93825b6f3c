import { countOf } from "../corpus/words.ts";
import { describeFoldPlan } from "../split/fold_plan.ts";
import { isDisclosed } from "../evaluate/is_disclosed.ts";
import { NORMALISATIONS } from "../pipeline/fold/normalisation.ts";
import type { ResultRow, Results } from "../pipeline/run/results.ts";
import { type Column, fitTable, type TextTable } from "../terminal/fit_table.ts";
import { wrapText } from "../terminal/wrap_text.ts";
import { groupTables } from "./group_table.ts";
import { matrixTables } from "./matrix_table.ts";
import { missingTables } from "./missing_table.ts";
import { tellRecipes } from "./tell_recipes.ts";
import { percent } from "./percent.ts";
import { MET_LABELS } from "./row_label.ts";
import { MIN_CLUSTERS, uarInterval } from "./uar_interval.ts";

/**
 * The results as text for a terminal: one line a row, the best test accuracy marked, each test
 * accuracy with its count and 95 % interval, chance level, and the leaks that touch each row.
 *
 * @param width Characters that a line may have; a table too wide for it groups its rows and leaves
 * columns out.
 */
export function resultsTable(results: Results, width = Infinity): string {
  const { leaks, corpus, config, backbone, ear } = results;
  const { words } = corpus;
  const [told] = tellRecipes([results]);
  const { rows, unfitted = [] } = told;
  const marks = new Map(leaks.map(({ id }, i) => [id, String.fromCharCode(97 + i)]));
  const clustered = results.folds.length > 1;
  const interval = `95 % of ${clustered ? "UAR" : "test"}`;
  const fitted = rows.filter(({ model }) => model !== "chance" && model !== "majority");
  // One row was chosen from nothing.
  const choice = fitted.length > 1;
  const best = Math.max(...fitted.map(({ test }) => clustered ? test.uar : test.accuracy));
  const table = rowsTable(rows, {
    interval,
    clustered,
    marks,
    best: (row) =>
      choice && fitted.includes(row) && (clustered ? row.test.uar : row.test.accuracy) === best,
  });
  const classes = corpus.classes.map(({ label, samples }) => `${label} ${samples}`).join(", ");
  const lines = [
    ...(corpus.synthetic ? [SYNTHETIC, ""] : []),
    `${corpus.samples} samples (${classes}) of ${countOf(corpus.takes, words.take)} by ${
      countOf(corpus.speakers.length, words.speaker)
    }, protocol ${config.protocol}, ${folds(results)}${
      backbone ? `, backbone ${backbone.name}` : ""
    }${ear ? `, ear ${ear.name}` : ""}, seed ${config.seed}`,
    layOut(table, width),
    (choice ? `* highest of ${fitted.length} rows, so chosen on the test set; ` : "") +
    (clustered
      ? "the intervals are of the UAR, by a bootstrap that draws " +
        (corpus.speakers.length > 1 ? "whole speakers" : words.take.many) +
        `; fewer than ${MIN_CLUSTERS}, or a row that is always right, have none`
      : "the intervals are Wilson's, of the test accuracy, and take samples as independent; " +
        "that of chance holds 95 % of guessers on these samples"),
  ];
  lines.push(...matrixTables(told, width), ...peopleLines(results));
  lines.push(...missingTables(told, width), ...groupTables(told, width));
  for (const { recipe, features, model, fusion, warnings } of rows) {
    const name = named(recipe, features, model, fusion);
    if (warnings.length > 0) lines.push(`${name}: ${gathered(warnings).join("; ")}`);
  }
  lines.push(...unfittedRows(unfitted));
  const list = (title: string, disclosed: boolean) => {
    const found = leaks.filter(({ id }) => isDisclosed(id, config.protocol) === disclosed);
    if (found.length > 0) lines.push("", title);
    for (const { id, text } of found) lines.push(`  ${marks.get(id)}  ${text}`);
  };
  list(`What makes these results of the ${config.protocol} protocol doubtful:`, false);
  list("What should be known of them:", true);
  lines.push(...fileList("Skipped", corpus.skipped), ...fileList("Warnings for", corpus.warnings));
  return wrapText(lines.join("\n"), width);
}

/** How well people did on the same samples. */
function peopleLines({ people = [] }: Results): string[] {
  return people.map(({ modality, n, accuracy, uar, uarCi95 }) =>
    `people who ${MET_LABELS[modality]}, by most votes: ${percent(accuracy)} right of ${n}, UAR ${
      percent(uar)
    }${uarCi95 ? ` (${uarCi95.map(percent).join(" - ")})` : ""}`
  );
}

/** Files listed by name; the others are counted. */
const LISTED = 10;

/** What stands above every table of the demo. */
export const SYNTHETIC =
  "SYNTHETIC CORPUS: drawn faces and synthesised voices. These numbers say nothing about people.";

/** How rows are shown. */
interface RowStyle {
  /** What the column of intervals is called. */
  readonly interval: string;
  /** Whether intervals, and what rows are ranked by, are of the UAR. */
  readonly clustered: boolean;
  /** Letter of each leak. */
  readonly marks: ReadonlyMap<string, string>;
  /** Whether a row is the best. */
  readonly best: (row: ResultRow) => boolean;
}

/** The table in two layouts. */
interface RowsTable {
  /** All of a row in one line. */
  readonly wide: TextTable;
  /** Rows under the features that they have in common. */
  readonly grouped: TextTable;
}

function rowsTable(rows: readonly ResultRow[], style: RowStyle): RowsTable {
  const several = rows.some(({ recipe }) => recipe !== "");
  const normalised = rows.some(({ normalisation }) => normalisation !== "none");
  // What stays longest is what the interval is of; an accuracy keeps its count.
  const scores: Column[] = [
    { title: "train", align: "right", spare: true },
    { title: "test", align: "right", spare: style.clustered },
    { title: "right", align: "right", spare: style.clustered },
    { title: "UAR", align: "right", spare: !style.clustered },
    { title: style.interval, align: "right" },
    ...(style.marks.size > 0 ? [{ title: "leaks" }] : []),
  ];
  const wide: string[][] = [];
  const grouped: (string | string[])[] = [];
  let group = "";
  for (const row of rows) {
    const how = NORMALISATIONS[row.normalisation].by;
    const title = [
      ...(several ? [row.recipe] : []),
      row.features,
      ...(normalised ? [how] : []),
    ];
    const same = title.join() === group;
    group = title.join();
    const fusion = row.fusion === "none" ? "" : row.fusion;
    const cells = scoreCells(row, style);
    wide.push([...(same ? title.map(() => "") : title), row.model, fusion, ...cells]);
    if (!same && row.features !== "") {
      grouped.push(`${named(row.recipe, row.features)}${how && `, normalised by ${how}`}`);
    }
    grouped.push([`  ${row.model}${fusion && `, ${fusion}`}`, ...cells]);
  }
  const names = [
    ...(several ? ["recipe"] : []),
    "features",
    ...(normalised ? ["normalised by"] : []),
    "model",
    "fusion",
  ];
  return {
    wide: { columns: [...names.map((title) => ({ title })), ...scores], rows: wide },
    grouped: { columns: [{ title: "model" }, ...scores], rows: grouped },
  };
}

function layOut({ wide, grouped }: RowsTable, width: number): string {
  const text = fitTable(wide);
  return text.indexOf("\n") <= width ? text : fitTable(grouped, width);
}

function scoreCells(row: ResultRow, { clustered, marks, best }: RowStyle): string[] {
  const { train, test } = row;
  const interval = clustered ? uarInterval(test) : test.ci95;
  const mark = best(row) ? "*" : "";
  return [
    percent(train.accuracy),
    `${clustered ? "" : mark}${percent(test.accuracy)}`,
    `${Math.round(test.accuracy * test.n)}/${test.n}`,
    `${clustered ? mark : ""}${percent(test.uar)}`,
    interval?.map(percent).join(" - ") ?? "",
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
      const names = rows.map(({ recipe, features, normalisation, model, fusion }) =>
        named(
          recipe,
          features,
          NORMALISATIONS[normalisation].by,
          model,
          fusion === "none" ? "" : fusion,
        )
      );
      return `  ${names.join(", ")}: ${reason}`;
    }),
  ];
}

/** A name of the parts that there are. */
/** What folds have to say, a reason once with the folds that gave it before it. */
function gathered(warnings: readonly string[]): string[] {
  const reasonOf = (warning: string) => warning.slice(warning.indexOf(": ") + 2);
  return [...Map.groupBy(warnings, reasonOf)].map(([reason, those]) =>
    `${those.map((warning) => warning.slice(0, warning.indexOf(": "))).join(", ")}: ${reason}`
  );
}

function named(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" ");
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

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
