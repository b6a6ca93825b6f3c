import Table from "cli-table3";
import type { ResultRow, Results } from "../pipeline/results.ts";

/** Titles of the three groups of rows. */
const GROUPS = { audio: "voice", video: "face", fused: "voice + face" };

/**
 * The results as text for a terminal: one line a row, the best test accuracy marked, each test
 * accuracy with its count and 95 % interval, chance level, and the leaks that touch each row.
 */
export function resultsTable(results: Results): string {
  const { rows, leaks, corpus, config, backbone } = results;
  const marks = new Map(leaks.map(({ id }, i) => [id, String.fromCharCode(97 + i)]));
  const best = Math.max(...rows.map(({ test }) => test.accuracy));
  const table = new Table({
    head: ["features", "model", "fusion", "train", "test", "right", "95 % interval", "UAR"]
      .concat(leaks.length > 0 ? ["leaks"] : []),
    style: { head: [], border: [], compact: true },
    colAligns: ["left", "left", "left", "right", "right", "right", "right", "right", "left"],
  });
  let group = "";
  for (const row of rows) {
    const title = row.modality === group ? "" : GROUPS[row.modality];
    group = row.modality;
    table.push(cells(row, title, row.test.accuracy === best, marks));
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
    `* highest of ${rows.length} rows, so chosen on the test set; always saying the commonest class ` +
    `scores ${percent(results.majority)}, and UAR ${percent(results.chance)} is chance; the ` +
    "interval is Wilson's and takes samples as independent",
  ];
  for (const { modality, model, fusion, warnings } of rows) {
    if (warnings.length > 0) lines.push(`${modality} ${model} ${fusion}: ${warnings.join("; ")}`);
  }
  if (leaks.length > 0) {
    lines.push("", `What makes these results of the ${config.protocol} protocol doubtful:`);
    for (const { id, text } of leaks) lines.push(`  ${marks.get(id)}  ${text}`);
  }
  lines.push(...fileList("Skipped", corpus.skipped), ...fileList("Warnings for", corpus.warnings));
  return lines.join("\n");
}

/** Files listed by name; the others are counted. */
const LISTED = 10;

/** What stands above every table of the demo. */
export const SYNTHETIC =
  "SYNTHETIC CORPUS: drawn faces and synthesised voices. These numbers say nothing about people.";

function cells(
  row: ResultRow,
  title: string,
  best: boolean,
  marks: ReadonlyMap<string, string>,
): string[] {
  const { train, test } = row;
  const [low, high] = test.ci95;
  return [
    title,
    row.model,
    row.fusion === "none" ? "" : row.fusion,
    percent(train.accuracy),
    `${best ? "*" : ""}${percent(test.accuracy)}`,
    `${Math.round(test.accuracy * test.n)}/${test.n}`,
    `${percent(low)} - ${percent(high)}`,
    percent(test.uar),
    ...(marks.size > 0 ? [row.leaks.map((id) => marks.get(id)).join(" ")] : []),
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
  return folds.length === 1
    ? `${folds[0].train} to train and ${folds[0].test.length} to test`
    : `${folds.length} folds${config.folds === "luna-jimenez" ? " (luna-jimenez)" : ""}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
