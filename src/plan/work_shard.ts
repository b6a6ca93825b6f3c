import { describeFailure, isSystemFailure } from "../runtime/describe_failure.ts";
import { Attempt, type Patience } from "./workers/attempt.ts";
import { Claims } from "./workers/claims.ts";
import { extractShard } from "./extract_shard.ts";
import { checkCode, type OpenPlan, shardsOf, type Stage } from "./plan.ts";
import { PlanError } from "./plan_error.ts";
import { placesOf, type WorkPlaces } from "./plan_places.ts";
import { runStep } from "./run_step.ts";
import type { ShardWork } from "./shard_work.ts";

/** Which part of a plan is worked on. */
export interface ShardChoice {
  /** The stage. */
  readonly stage: Stage;
  /** Number of its shard, from 0. */
  readonly shard: number;
}

/** How a shard is worked on. */
export interface WorkOptions extends WorkPlaces, Pick<ShardWork, "onProgress"> {
  /**
   * Signs of life of workers.
   *
   * @default {every 3 seconds; after 30 without one a worker is taken for dead}
   */
  readonly patience?: Patience;
  /**
   * Aborts when this process is about to end: the attempt is said to have failed for its reason, so that others take
   * over what it is at without waiting. What is under way is not stopped.
   *
   * @default {nothing ends it}
   */
  readonly signal?: AbortSignal;
}

/**
 * Does one shard of a plan. It may be killed, called again or called twice at once, on one machine or two: what is done
 * stays done, nothing is done by halves, and what another worker is at is waited for.
 *
 * @returns Whether there was anything left to do.
 *
 * @throws {PlanError} If the plan has no such shard, was made by other code, is of files that are no longer what they
 * were, or an earlier stage is not done.
 * @throws The reason of `signal`, once that is written down.
 * @throws As the stages of a run do.
 */
export async function workShard(
  open: OpenPlan,
  { stage, shard: number }: ShardChoice,
  { patience, signal, onProgress, ...work }: WorkOptions,
): Promise<boolean> {
  const { dir, plan } = open;
  const count = shardsOf(plan, stage).length;
  if (number >= count) {
    throw new PlanError(
      `${dir} has no ${stage} shard ${number}: there are ${count}, from 0 to ${count - 1}`,
    );
  }
  await checkCode(open);
  const places = placesOf(open, work, dir);
  await using attempt = await Attempt.begin(dir, { stage, shard: number }, patience)
    .catch((error) => {
      throw ofPlan(dir, error);
    });
  try {
    const claims = await Claims.open(dir, attempt.id, patience);
    const how: ShardWork = { attempt, claims, onProgress };
    const worked = await unlessEnded(
      signal,
      stage === "extract"
        ? extractShard(open, plan.extract[number], places, how)
        : runStep(open, plan.folds[number], places, how),
    );
    await attempt.succeed();
    return worked;
  } catch (cause) {
    const error = ofPlan(dir, cause);
    // Where it cannot be written down, why the work failed is still what has to be told.
    await attempt.fail(error).catch(() => {});
    throw error;
  }
}

/** Waits for work, but no longer than until the signal. */
async function unlessEnded<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  if (!signal) return await work;
  const ended = Promise.withResolvers<never>();
  const end = () => ended.reject(signal.reason);
  if (signal.aborted) end();
  else signal.addEventListener("abort", end, { once: true });
  try {
    return await Promise.race([work, ended.promise]);
  } finally {
    signal.removeEventListener("abort", end);
  }
}

/** What the system refused, with the plan's folder, which it does not name itself; all else as it is. */
function ofPlan(dir: string, error: unknown): unknown {
  if (!isSystemFailure(error)) return error;
  return new PlanError(`${dir} cannot be worked in: ${describeFailure(error)}`, { cause: error });
}
