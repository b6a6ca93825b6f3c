import type { ResultRow, Results } from "../../pipeline/run/results.ts";
import { csvLine } from "./csv_line.ts";

/**
 * The results as CSV (RFC 4180, UTF-8): one line a row, every metric, shares from 0 to 1. What is not
 * known is left empty. Of each emotion stand precision, recall, F1 and number of test samples. `best` is
 * the line, from 1, of the row it is compared with. Text that a spreadsheet would take for a formula is
 * quoted by an apostrophe.
 *
 * @param results Content of `results.json`.
 */
export function resultsCsv(results: Results): string {
  const emotions = results.corpus.classes.map(({ label }) => label);
  const lines = results.rows.map((row) => ({ ...columns(row), ...classColumns(row, emotions) }));
  const names = Object.keys(lines[0] ?? {});
  return [names, ...lines.map((line) => Object.values(line))].map(csvLine).join("");
}

function columns(row: ResultRow): Record<string, string | number | null | undefined> {
  const { modality, recipe, features, model, fusion, normalisation } = row;
  const { train, test, comparison } = row;
  return {
    modality,
    recipe,
    features,
    model,
    fusion,
    normalisation,
    train_n: train.n,
    train_accuracy: train.accuracy,
    test_n: test.n,
    accuracy: test.accuracy,
    accuracy_low: test.ci95[0],
    accuracy_high: test.ci95[1],
    uar: test.uar,
    uar_low: test.uarCi95?.[0],
    uar_high: test.uarCi95?.[1],
    macro_f1: test.macroF1,
    log_loss: test.logLoss,
    ece: test.ece,
    aurc: test.aurc,
    surest_half: test.surestHalf,
    auc: test.auc,
    best: comparison && comparison.with + 1,
    difference: comparison?.difference,
    difference_low: comparison?.differenceCi95?.[0],
    difference_high: comparison?.differenceCi95?.[1],
    bootstrap_p: comparison?.bootstrapP,
    holm_bootstrap_p: comparison?.holmBootstrapP,
    mcnemar_p: comparison?.mcnemarP,
    holm_p: comparison?.holmP,
    leaks: row.leaks.join(" "),
    warnings: row.warnings.join("; "),
  };
}

function classColumns(
  { test }: ResultRow,
  emotions: readonly string[],
): Record<string, number | undefined> {
  return Object.fromEntries(emotions.flatMap((emotion, c) => {
    const score = test.perClass[c];
    return [
      [`${emotion}_precision`, score?.precision],
      [`${emotion}_recall`, score?.recall],
      [`${emotion}_f1`, score?.f1],
      [`${emotion}_n`, score?.support],
    ];
  }));
}
