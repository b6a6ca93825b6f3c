import { asCalled } from "../runtime/invocation.ts";
import { type OpenPlan, type Stage, STAGES } from "./plan.ts";
import { PlanError } from "./plan_error.ts";
import { readSummary } from "./shard_result.ts";
import { isStepDone } from "./step_result.ts";

/** A shard of a stage. */
export interface ShardName {
  /** The stage. */
  readonly stage: Stage;
  /** Number of the shard, from 0. */
  readonly shard: number;
}

/** Parts of a plan are not done that something needs. */
export class IncompletePlanError extends PlanError {
  /** They. */
  readonly missing: readonly ShardName[];

  /** Names what is missing in the plan of a folder. */
  constructor(dir: string, missing: readonly ShardName[]) {
    const of = (stage: Stage) => missing.filter((shard) => shard.stage === stage);
    const lacks = STAGES.filter((stage) => of(stage).length > 0)
      .map((stage) => `${stage} ${ranges(of(stage).map(({ shard }) => shard))}`);
    const [first] = missing;
    super(
      `${dir}: not done yet: ${lacks.join("; ")}; ` +
        `${missing.length > 1 ? "the first of them" : "it"} is done by ${redoCommand(dir, first)}`,
    );
    this.missing = missing;
  }
}

/** The command that does a shard. */
export function redoCommand(dir: string, { stage, shard }: ShardName): string {
  return asCalled(`deno task work ${dir} --stage ${stage} --shard ${shard}`);
}

/** The shards of a plan, or of one of its stages, that are not done. */
export async function missingShards(
  { dir, plan }: OpenPlan,
  stages: readonly Stage[] = STAGES,
): Promise<ShardName[]> {
  const missing: ShardName[] = [];
  const look = async (stage: Stage, shard: number, done: boolean | Promise<boolean>) => {
    if (!await done) missing.push({ stage, shard });
  };
  if (stages.includes("extract")) {
    for (const { shard } of plan.extract) {
      await look("extract", shard, await readSummary(dir, shard) !== undefined);
    }
  }
  if (stages.includes("folds")) {
    for (const { shard } of plan.folds) await look("folds", shard, isStepDone(dir, shard));
  }
  return missing;
}

/**
 * Numbers as Slurm's arrays have them.
 *
 * @example
 * ```ts
 * import { ranges } from "./missing_shards.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(ranges([0, 1, 2, 5, 7, 8]), "0-2,5,7-8");
 * ```
 */
export function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const n of numbers) {
    const last = runs.at(-1);
    if (last && last[1] === n - 1) last[1] = n;
    else runs.push([n, n]);
  }
  return runs.map(([from, to]) => from === to ? `${from}` : `${from}-${to}`).join(",");
}
