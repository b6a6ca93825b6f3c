/**
 * `deno task report RUN`: writes report.html and results.csv of a run folder anew.
 *
 * @module
 */

import { ReportError } from "../src/report/report_error.ts";
import { writeReport } from "../src/report/write_report.ts";
import { command, runCommand } from "./command.ts";
import { resolvePath } from "./paths.ts";

const report = command("report", "Write report.html and results.csv of a run folder anew.")
  .argument("<run>", "run folder");

await runCommand(report, async (_, [run]) => {
  const { html, csv } = await writeReport(resolvePath(run));
  console.log(`${html} and ${csv} written`);
}, [ReportError]);
