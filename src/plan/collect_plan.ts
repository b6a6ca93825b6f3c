import type { FitRecord } from "../evaluate/fit_ledger.ts";
import type { FoldResult } from "../pipeline/fold/fold_result.ts";
import { divideRun, judgeFolds } from "../pipeline/run/evaluate_run.ts";
import { remarksOf } from "../pipeline/run/find_inputs.ts";
import { prepareExtracted } from "../pipeline/run/prepare_run.ts";
import type { ShardTiming } from "../pipeline/run/report_data.ts";
import type { FinishedRun } from "../pipeline/run/run.ts";
import { RunFolder } from "../pipeline/run/run_folder.ts";
import type { RunHooks } from "../pipeline/run/run_hooks.ts";
import { StageClock } from "../pipeline/run/stage_clock.ts";
import { writeRun } from "../pipeline/run/write_run.ts";
import { openStore } from "../pipeline/store/open_store.ts";
import { IncompletePlanError, missingShards } from "./missing_shards.ts";
import { checkCode, type FoldStep, type OpenPlan } from "./plan.ts";
import { PlanError } from "./plan_error.ts";
import type { ShardName } from "./plan_command.ts";
import { plannedExtraction } from "./planned_extraction.ts";
import { plannedInputs } from "./planned_inputs.ts";
import { placesOf, type WorkPlaces } from "./plan_places.ts";
import type { ShardTime } from "./shard_result.ts";
import { copyModels, readStep, type StepResult } from "./step_result.ts";

/** Where the work on a plan is collected. */
export interface CollectOptions extends WorkPlaces, Pick<RunHooks, "onRemarks"> {
  /** Absolute path of the run folder, made where it is missing. */
  readonly out: string;
}

/**
 * Writes the run folder of a plan of which everything is done: results, predictions and models are those of the same
 * run on one machine, byte for byte, but for the provenance.
 *
 * @throws {IncompletePlanError} If something is not done; it names all that is missing.
 * @throws {PlanError} If the plan was made by other code, or of files that are no longer what they were.
 * @throws {RunFolderError} If the run folder cannot be written to.
 * @throws As the stages of a run do.
 */
export async function collectPlan(
  open: OpenPlan,
  { out, onRemarks, ...work }: CollectOptions,
): Promise<FinishedRun> {
  const { plan } = open;
  const clock = new StageClock();
  await checkCode(open);
  const missing = await missingShards(open);
  const places = placesOf(open, work, out);
  if (missing.length > 0) throw new IncompletePlanError(open, missing, places.store);
  const inputs = await plannedInputs(open, places);
  clock.end("scanning");
  const store = await openStore(places);
  await using folder = await RunFolder.prepare(out);
  onRemarks?.(remarksOf(inputs));
  const { extraction, times, hash } = await plannedExtraction(
    open,
    inputs.found.samples,
    places.store,
  );
  const prepared = await prepareExtracted(inputs, extraction, store);
  clock.end("features");
  const divided = divideRun(prepared, folder.gathering);
  const steps = await readSteps(open, hash, places.store);
  const folds = divided.splits.map(({ name }) => joinSteps(open, name, steps));
  for (const { result } of steps) await copyModels(open.dir, result, folder.gathering);
  clock.end("gathering folds");
  const evaluated = judgeFolds(prepared, divided, folds);
  const shards: ShardTiming[] = [
    ...plan.extract.map(({ shard, samples }) =>
      timing("extract", shard, `${samples} samples`, times[shard])
    ),
    ...steps.map(({ step: { shard, fold, recipe }, result: { time } }) =>
      timing("folds", shard, `${fold}: ${recipe}`, time)
    ),
  ];
  return { prepared, ...await writeRun(prepared, evaluated, { folder, clock, shards }) };
}

function timing(
  stage: ShardTiming["stage"],
  shard: number,
  what: string,
  { host, seconds }: ShardTime,
): ShardTiming {
  return { stage, shard, what, host, seconds };
}

/** A step with what it gave. */
interface DoneStep {
  readonly step: FoldStep;
  readonly result: StepResult;
}

/** What all steps gave; those that are damaged, or of what is no longer what was extracted, are not done. */
async function readSteps(open: OpenPlan, hash: string, store: string): Promise<DoneStep[]> {
  const done: DoneStep[] = [];
  const missing: ShardName[] = [];
  for (const step of open.plan.folds) {
    const result = await readStep(open.dir, step.shard);
    if (result?.of === hash) done.push({ step, result });
    else missing.push({ stage: "folds", shard: step.shard });
  }
  if (missing.length > 0) throw new IncompletePlanError(open, missing, store);
  return done;
}

/** What a fold gave whose recipes were fitted apart, as if one worker had fitted them one after the other. */
function joinSteps({ dir }: OpenPlan, name: string, steps: readonly DoneStep[]): FoldResult {
  const parts = steps.flatMap(({ step, result: { fold } }) =>
    step.fold === name && fold ? [fold] : []
  );
  const [first] = parts;
  if (!first) {
    throw new PlanError(
      `${dir}: the clips that could be decoded give a fold that was not planned, ${name}: plan again ` +
        "without those that fail",
    );
  }
  return {
    rows: parts.flatMap(({ rows }) => rows),
    fits: parts.reduce((fits: readonly FitRecord[], part) => joinFits(fits, part.fits), []),
    curves: parts.flatMap(({ curves }) => curves),
    tfjsBackend: first.tfjsBackend,
  };
}

/** Both accounts together: a head that two recipes share was fitted for each of them, and counts once. */
function joinFits(before: readonly FitRecord[], more: readonly FitRecord[]): FitRecord[] {
  const heads = before.filter(({ kind }) => kind === "head").map(nameOfFit);
  return [...before, ...more.filter((fit) => !heads.includes(nameOfFit(fit)))];
}

function nameOfFit({ name, kind, fittedOn }: FitRecord): string {
  return `${kind} ${name} ${fittedOn}`;
}
