import type { RunPlaces } from "../pipeline/config.ts";
import { evaluateFolds } from "../pipeline/fold/evaluate_folds.ts";
import { divideRun } from "../pipeline/run/evaluate_run.ts";
import { prepareExtracted } from "../pipeline/run/prepare_run.ts";
import { openStore } from "../pipeline/store/open_store.ts";
import { IncompletePlanError, missingShards } from "./missing_shards.ts";
import type { FoldStep, OpenPlan } from "./plan.ts";
import { plannedExtraction } from "./planned_extraction.ts";
import { plannedInputs } from "./planned_inputs.ts";
import { openStep, readStep } from "./step_result.ts";
import type { ShardWork } from "./shard_work.ts";

/**
 * Fits and tests the models of one recipe in one fold, and writes down what they say and what was fitted.
 *
 * @returns Whether there was anything left to do.
 *
 * @throws {IncompletePlanError} If an extraction shard is not done.
 * @throws As `plannedInputs`, `prepareExtracted` and `divideRun` do.
 */
export async function runStep(
  open: OpenPlan,
  { shard, fold, plans: [from, to] }: FoldStep,
  places: RunPlaces,
  { attempt, claims, onProgress }: ShardWork,
): Promise<boolean> {
  const { dir } = open;
  const missing = await missingShards(open, ["extract"]);
  if (missing.length > 0) throw new IncompletePlanError(open, missing, places.store);
  await using _ = await claims.take(`step ${shard}`);
  const inputs = await plannedInputs(open, places);
  const { extraction, hash } = await plannedExtraction(open, inputs.found.samples, places.store);
  // Whoever was at it before may have done it, but not of what is no longer what was extracted.
  const done = await readStep(dir, shard);
  if (done?.of === hash) return false;
  const plans = inputs.plans.slice(from, to);
  const prepared = await prepareExtracted(
    // Features of other recipes need not be made.
    { ...inputs, plans, config: { ...inputs.config, recipes: plans } },
    extraction,
    await openStore(places),
  );
  await using folder = await openStep(dir, shard);
  const { jobs } = divideRun(prepared, folder.modelsDir);
  const job = jobs.find(({ name }) => name === fold);
  try {
    const [result = null] = job
      ? await evaluateFolds([job], 1, (done, total) => {
        attempt.progress(done, total, 0);
        onProgress?.(done, total, 0);
      })
      : [];
    await folder.complete({
      fold: result,
      of: hash,
      time: { host: attempt.host, seconds: attempt.seconds },
    });
  } catch (error) {
    // Another who took this attempt for dead has done the step, and removed what was begun.
    if ((await readStep(dir, shard))?.of !== hash) throw error;
  }
  return true;
}
