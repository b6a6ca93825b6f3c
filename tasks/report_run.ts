import type { RunConfig, RunPlaces } from "../src/pipeline/config.ts";
import { runPipeline } from "../src/pipeline/run.ts";
import { RunFolderError } from "../src/pipeline/run_folder.ts";
import type { Results } from "../src/pipeline/results.ts";
import { startProgress } from "../src/report/progress.ts";
import { resultsTable } from "../src/report/table.ts";
import { UsageError } from "./command.ts";

/** Runs the pipeline with progress on standard error and the results on standard output. */
export async function reportRun(
  config: RunConfig,
  places: RunPlaces,
  json: boolean,
): Promise<Results> {
  const features = startProgress("features", "clips");
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
    if (error instanceof RunFolderError) throw new UsageError(error.message);
    throw error;
  } finally {
    features.stop();
    models.stop();
  }
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
