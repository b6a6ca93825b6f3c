import type { RunPlaces } from "../config.ts";
import { type FinishedRun, runStages } from "./run.ts";
import type { RunHooks } from "./run_hooks.ts";
import { checkRunLock, hashResults, type RunLock, RunLockError } from "./run_lock.ts";

/** What came of repeating a run. */
export interface Repetition {
  /** The run made again, with its own results and predictions. */
  readonly finished: FinishedRun;
  /** Whether they and every prediction are the same as then, byte for byte. */
  readonly identical: boolean;
  /** What is not as it was then, and may change results: code, packages, Deno. */
  readonly notes: readonly string[];
}

/**
 * Repeats the run that a lock describes.
 *
 * @throws {RunLockError} If a clip, the landmarks or the weights are no longer what they were; nothing
 * is run then. And all that `runPipeline` throws.
 */
export async function repeatRun(
  lock: RunLock,
  places: RunPlaces,
  hooks: RunHooks = {},
): Promise<Repetition> {
  const notes = await checkRunLock(lock, places);
  const finished = await runStages(lock.config, places, {
    ...hooks,
    onInputs({ clips, weights, ear }) {
      const extra = clips.find((file) => !(file in lock.clips));
      if (extra !== undefined) {
        throw new RunLockError(`the clip ${extra} was not there when the run was made`);
      }
      if (weights !== lock.weights) {
        throw new RunLockError(
          `the backbone's weights have changed: ${weights}, then ${lock.weights}`,
        );
      }
      // Locks of older versions know of no ear, as their runs did.
      if (ear !== (lock.ear ?? null)) {
        throw new RunLockError(
          ear === null || lock.ear === undefined
            ? `the run was made ${lock.ear === undefined ? "without" : "with"} a trained ear`
            : `the weights of the ear have changed: ${ear}, then ${lock.ear}`,
        );
      }
      hooks.onInputs?.({ clips, weights, ear });
    },
  });
  const now = hashResults(finished.results, finished.predictions);
  return {
    finished,
    notes,
    identical: now.results === lock.results.results &&
      now.predictions === lock.results.predictions,
  };
}
