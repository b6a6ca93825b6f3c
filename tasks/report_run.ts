import type { RunConfig, RunPlaces } from "../src/pipeline/config.ts";
import { runPipeline } from "../src/pipeline/run.ts";
import { RunFolderError } from "../src/pipeline/run_folder.ts";
import type { Results } from "../src/pipeline/results.ts";
import { startProgress } from "../src/report/progress.ts";
import { resultsTable } from "../src/report/table.ts";
import { ClassError } from "../src/pipeline/classes.ts";
import { StoreError } from "../src/pipeline/store.ts";
import { UsageError } from "./command.ts";

/** Runs the pipeline with progress on standard error and the results on standard output. */
export async function reportRun(
  config: RunConfig,
  places: RunPlaces,
  json: boolean,
): Promise<Results> {
  const features = startProgress("features", "samples");
  const models = startProgress("models", "steps");
  let results: Results;
  try {
    results = await runPipeline(config, places, {
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
    if (error instanceof RunFolderError || error instanceof StoreError) {
      throw new UsageError(error.message);
    }
    if (error instanceof ClassError) listSkipped(error.skipped);
    throw error;
  }
  models.stop();
  if (json) console.log(JSON.stringify(results, null, 2));
  else {
    console.log(resultsTable(results));
    const { seconds, peakMemoryMB } = results.provenance;
    console.log(
      `\n${places.out}/results.json and models written in ${seconds} s, peak memory ${peakMemoryMB} MB`,
    );
  }
  return results;
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
