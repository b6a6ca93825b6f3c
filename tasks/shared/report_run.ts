import type { RunConfig, RunPlaces } from "../../src/pipeline/config.ts";
import { type FinishedRun, runStages } from "../../src/pipeline/run/run.ts";
import type { RunHooks } from "../../src/pipeline/run/run_hooks.ts";
import { RunFolderError } from "../../src/pipeline/run/run_folder.ts";
import { startProgress } from "../../src/report/progress.ts";
import { resultsTable } from "../../src/report/table.ts";
import { terminalWidth } from "../../src/terminal/terminal_width.ts";
import { wrapText } from "../../src/terminal/wrap_text.ts";
import { writeReport } from "../../src/report/write_report.ts";
import { ClassError } from "../../src/pipeline/samples/classes.ts";
import { StoreError } from "../../src/pipeline/store/store_error.ts";
import { UsageError } from "../command.ts";

/**
 * Runs the pipeline with progress on standard error and the results on standard output. `run` may do
 * it in another way than `runStages`.
 */
export async function reportRun(
  config: RunConfig,
  places: RunPlaces,
  print: "table" | "json" | "nothing",
  run = (hooks: RunHooks): Promise<FinishedRun> => runStages(config, places, hooks),
): Promise<FinishedRun> {
  const features = startProgress("features", "samples");
  const models = startProgress("models", "steps");
  let finished: FinishedRun;
  try {
    finished = await run({
      onRemarks(remarks) {
        for (const line of remarks) console.error(wrapText(line, terminalWidth()));
      },
      onFeatures(done, total, cached) {
        features.update(done, total, `${cached}/${total} cached`);
        if (done === total) features.stop();
      },
      onModels: (done, total, what) => models.update(done, total, what),
    });
  } catch (error) {
    // Before anything is printed: a bar that is stopped later would draw over it.
    features.stop();
    models.stop();
    if (error instanceof RunFolderError) throw new UsageError(`--out ${error.message}`);
    if (error instanceof StoreError && !error.mayPass) {
      throw new UsageError(`--store ${error.message}`);
    }
    if (error instanceof ClassError) listSkipped(error.skipped);
    throw error;
  }
  models.stop();
  const { results } = finished;
  await writeReport(places.out);
  if (print === "json") console.log(JSON.stringify(results, null, 2));
  if (print === "table") {
    const width = terminalWidth();
    console.log(resultsTable(results, width));
    const { seconds, peakMemoryMB } = results.provenance;
    console.log(wrapText(
      `\n${places.out}/report.html, results.json and models written in ${seconds} s, peak memory ${peakMemoryMB} MB`,
      width,
    ));
  }
  return finished;
}

/** Files listed by name; the others are counted. */
const LISTED = 10;

/** Says on standard error which files gave nothing, and why. */
function listSkipped(skipped: ClassError["skipped"]): void {
  for (const { file, reason } of skipped.slice(0, LISTED)) {
    console.error(`skipped ${file}: ${reason}`);
  }
  if (skipped.length > LISTED) console.error(`skipped ${skipped.length - LISTED} more`);
}
