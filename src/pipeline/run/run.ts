import type { RunConfig, RunPlaces } from "../config.ts";
import { evaluateRun } from "./evaluate_run.ts";
import { clipsOf, findInputs, remarksOf } from "./find_inputs.ts";
import { type PreparedRun, prepareRun } from "./prepare_run.ts";
import type { Results } from "./results.ts";
import { RunFolder } from "./run_folder.ts";
import type { RunHooks } from "./run_hooks.ts";
import { StageClock } from "./stage_clock.ts";
import { openStore } from "../store/open_store.ts";
import { writeRun, type WrittenRun } from "./write_run.ts";

/** A run that is complete: its results and predictions, and the samples that it learned from. */
export interface FinishedRun extends WrittenRun {
  /** The samples with their features. */
  readonly prepared: PreparedRun;
}

/**
 * Runs the whole pipeline: scans the folder of clips, extracts features into the store, splits the
 * samples by the protocol, fits and tests every model, and writes the run folder.
 *
 * @throws {CorpusError} If the folder of clips cannot be used.
 * @throws {LandmarksError} If the folder of landmarks cannot be used.
 * @throws {ClassError} If fewer than two classes have enough clips.
 * @throws {RecipeError} If the run can compute none of the feature sets of a recipe.
 * @throws {ProtocolError} If the protocol cannot split these samples.
 * @throws {LeakError} If something leaks that the protocol promises to keep apart.
 * @throws {RunFolderError} If the run folder cannot be written to.
 * @throws {StoreError} If the feature store cannot be written to.
 * @throws {WeightsError} If the backbone's weights are missing or damaged.
 * @throws {NativeDecoderError} If the native decoder is asked for and there is no ffmpeg.
 */
export async function runPipeline(
  config: RunConfig,
  places: RunPlaces,
  hooks: RunHooks = {},
): Promise<Results> {
  return (await runStages(config, places, hooks)).results;
}

/**
 * What `runPipeline` does, for those who go on with the samples and features that it gathered.
 *
 * @throws As runPipeline does.
 */
export async function runStages(
  config: RunConfig,
  places: RunPlaces,
  hooks: RunHooks = {},
): Promise<FinishedRun> {
  const clock = new StageClock();
  const inputs = await findInputs(config, places);
  const { backbone, ear } = inputs.networks;
  hooks.onInputs?.({
    clips: clipsOf(inputs),
    weights: backbone?.weightsHash ?? null,
    ear: ear?.weightsHash ?? null,
  });
  clock.end("scanning");
  // Before the long work: that a folder cannot be written to should not be learned after it.
  const store = await openStore(places);
  await using folder = await RunFolder.prepare(places.out);
  hooks.onRemarks?.(remarksOf(inputs));
  const { onFeatures, onModels } = hooks;
  const prepared = await prepareRun(inputs, { store, clock, onFeatures });
  const modelsDir = folder.gathering;
  const evaluated = await evaluateRun(prepared, { modelsDir, clock, onModels });
  return { prepared, ...await writeRun(prepared, evaluated, { folder, clock }) };
}
