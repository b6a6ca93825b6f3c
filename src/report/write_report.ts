import { join } from "node:path";
import { writeFileAtomically } from "../runtime/write_file_atomically.ts";
import { resultsCsv } from "./csv/results_csv.ts";
import { readRun } from "./read_run.ts";
import { renderReport } from "./render_report.ts";

/**
 * Writes `report.html` and `results.csv` of a run folder from its `results.json`, `predictions.json` and
 * `report.json` and from `also/<protocol>/results.json`. Each file appears whole or not at all.
 *
 * @param dir The run folder.
 * @returns The paths written.
 *
 * @throws {ReportError} If a file that is needed is missing or cannot be read as what it should be.
 *
 * @example
 * ```ts
 * import { ReportError } from "./report_error.ts";
 * import { writeReport } from "./write_report.ts";
 * import assert from "node:assert/strict";
 *
 * await assert.rejects(writeReport("no-such-run"), ReportError);
 * ```
 */
export async function writeReport(dir: string): Promise<{ html: string; csv: string }> {
  const { results, predictions, report, also } = await readRun(dir);
  const [html, csv] = [join(dir, "report.html"), join(dir, "results.csv")];
  await writeFileAtomically(html, renderReport(results, predictions, report, also));
  await writeFileAtomically(csv, resultsCsv(results));
  return { html, csv };
}
