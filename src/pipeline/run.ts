import type { RunConfig, RunPlaces } from "./config.ts";
import { executeRun } from "./execute_run.ts";
import type { Results } from "./results.ts";

/** What a run reports while it works. */
export interface RunHooks {
  /** The clips that the run may read, and the hash of its backbone's weights, before the long work. */
  readonly onInputs?: (inputs: { clips: readonly string[]; weights: string | null }) => void;
  /** Features: samples done, their number, and how many came from the store. */
  readonly onFeatures?: (done: number, total: number, cached: number) => void;
  /** Models: steps done, their number, and what is being fitted. */
  readonly onModels?: (done: number, total: number, what: string) => void;
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
  return await executeRun(config, places, hooks);
}
